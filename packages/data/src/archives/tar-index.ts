import { open } from "node:fs/promises";
import { DataError } from "../errors.js";

/** A file within a tar archive. */
export interface TarMember {
  readonly name: string;
  /** Where its bytes begin in the archive. */
  readonly offset: number;
  readonly size: number;
}

/** The files of an archive, and what is wrong with it after the last of them. */
export interface TarIndex {
  readonly members: readonly TarMember[];
  readonly problem?: string;
}

const block = 512;

/** Whether bytes begin as a tar archive does: the checksum of the first header is right. */
export function isTar(head: Uint8Array): boolean {
  const header = head.subarray(0, block);
  return header.length === block && header.some((byte) => byte !== 0) && hasChecksum(header);
}

/**
 * Lists the files of a tar archive (ustar, GNU and pax names) by its headers alone, so that captions are read without
 * the images between them, and each image later by its place. An archive that is cut short is listed up to there.
 * Throws a DataError when it is no archive.
 */
export async function readTarIndex(path: string): Promise<TarIndex> {
  const file = await open(path);
  try {
    const { size: end } = await file.stat();
    const read = async (offset: number, length: number): Promise<Uint8Array> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    };
    const members: TarMember[] = [];
    let longName: string | undefined;
    let longSize: number | undefined;
    for (let offset = 0; offset < end; ) {
      const header = await read(offset, block);
      if (header.every((byte) => byte === 0)) return { members }; // the mark of the end
      const cut = { members, problem: `cut short at byte ${end}, in the file after ${members.at(-1)?.name ?? "none"}` };
      if (offset === 0 && !isTar(header)) throw notTar(path, header);
      if (header.length < block) return cut;
      if (!hasChecksum(header)) {
        return { members, problem: `damaged at byte ${offset}, after ${members.at(-1)?.name}` };
      }
      const type = String.fromCharCode(header[156]!);
      const size = longSize ?? numberAt(header, 124, 12);
      const start = offset + block;
      if (start + size > end) return cut;
      if (type === "L") longName = textAt(await read(start, size), 0, size);
      else if (type === "x") {
        const pax = paxOf(await read(start, size));
        longName = pax.get("path") ?? longName;
        longSize = pax.has("size") ? Number(pax.get("size")) : undefined;
      } else {
        if (type === "0" || type === "\0" || type === "7") {
          members.push({ name: (longName ?? nameOf(header)).replace(/^\.\//, ""), offset: start, size });
        }
        longName = undefined;
        longSize = undefined;
      }
      offset = start + Math.ceil(size / block) * block;
    }
    const last = members.at(-1)?.name ?? "none";
    return { members, problem: `has no mark of its end after ${last}: it may be cut short` };
  } finally {
    await file.close();
  }
}

/** The bytes of a member. */
export async function readTarMember(path: string, { offset, size }: TarMember): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function notTar(path: string, start: Uint8Array): DataError {
  const isGzip = start[0] === 0x1f && start[1] === 0x8b;
  const cure = "its members are read by their place, so unpack it (gunzip)";
  return new DataError("malformed", `${path}: ${isGzip ? `packed by gzip; ${cure}` : "not a tar archive"}`);
}

function nameOf(header: Uint8Array): string {
  const isUstar = textAt(header, 257, 5) === "ustar";
  const prefix = isUstar && textAt(header, 257, 8) !== "ustar  " ? textAt(header, 345, 155) : "";
  return `${prefix === "" ? "" : `${prefix}/`}${textAt(header, 0, 100)}`;
}

/** The sum of a header's bytes, its own place counted as blanks. */
function hasChecksum(header: Uint8Array): boolean {
  let sum = 0;
  for (const [index, byte] of header.entries()) sum += index >= 148 && index < 156 ? 32 : byte;
  return sum === numberAt(header, 148, 8);
}

/** A number in octal digits, or in base 256 where it is too large for them. */
function numberAt(header: Uint8Array, start: number, length: number): number {
  if (header[start]! & 0x80) {
    return header.subarray(start + 1, start + length).reduce((total, byte) => total * 256 + byte, 0);
  }
  return Number.parseInt(textAt(header, start, length).trim() || "0", 8);
}

function textAt(bytes: Uint8Array, start: number, length: number): string {
  const field = Buffer.from(bytes.subarray(start, start + length));
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end === -1 ? field.length : end);
}

/** The records of a pax header: "27 path=some/long/name.jpg\n". */
function paxOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  const buffer = Buffer.from(bytes);
  for (let start = 0; start < buffer.length; ) {
    const blank = buffer.indexOf(0x20, start);
    const length = Number(buffer.toString("latin1", start, blank));
    if (blank === -1 || !(length > 0)) break;
    const [, key, value] = /^([^=]*)=(.*)\n$/s.exec(buffer.toString("utf8", blank + 1, start + length)) ?? [];
    if (key !== undefined) records.set(key, value!);
    start += length;
  }
  return records;
}
