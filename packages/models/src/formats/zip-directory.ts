import { ModelError } from "../model-error.js";
import type { ByteSource } from "./safetensors.js";

/** Where a stored file of an archive lies. */
export interface ZipEntry {
  readonly begin: number;
  readonly size: number;
}

const endLength = 22;
const longestComment = 2 ** 16;

/**
 * The files of a ZIP archive by name, large archives (ZIP64) included; they must be stored, not compressed, as `torch.save` does.
 *
 * @throws ModelError when it is no such archive.
 */
export async function zipDirectory({ size, read }: ByteSource, file: string): Promise<ReadonlyMap<string, ZipEntry>> {
  const tailStart = Math.max(0, size - endLength - longestComment);
  const tail = viewOf(await read(tailStart, size));
  let end = tail.byteLength - endLength;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new ModelError(`${file}: no end of a ZIP archive is found; the file is cut, or of another kind.`);
  const hasLarge = end >= 20 && tail.getUint32(end - 20, true) === 0x07064b50;
  const large = hasLarge ? viewOf(await readAt(read, Number(tail.getBigUint64(end - 12, true)), 56)) : undefined;
  const count = large ? Number(large.getBigUint64(32, true)) : tail.getUint16(end + 10, true);
  const length = large ? Number(large.getBigUint64(40, true)) : tail.getUint32(end + 12, true);
  const begin = large ? Number(large.getBigUint64(48, true)) : tail.getUint32(end + 16, true);

  const directory = await readAt(read, begin, length);
  const view = viewOf(directory);
  const entries = new Map<string, ZipEntry>();
  for (let at = 0, index = 0; index < count; index++) {
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const name = new TextDecoder().decode(directory.subarray(at + 46, at + 46 + nameLength));
    if (view.getUint16(at + 10, true) !== 0) throw new ModelError(`${file}: ${name} is compressed, which is not read.`);
    const place = largeFields(view, at, at + 46 + nameLength, extraLength);
    const local = viewOf(await readAt(read, place.header, 30));
    const data = place.header + 30 + local.getUint16(26, true) + local.getUint16(28, true);
    entries.set(name, { begin: data, size: place.size });
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Size and header's place of an entry; where they do not fit into 32 bits, they stand in its extra field. */
function largeFields(view: DataView, at: number, extra: number, extraLength: number): { size: number; header: number } {
  const isLarge = (value: number) => value === 0xffffffff;
  const uncompressed = view.getUint32(at + 24, true);
  const header = view.getUint32(at + 42, true);
  const fields: number[] = [];
  for (let field = extra; field < extra + extraLength; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    const length = view.getUint16(field + 2, true);
    for (let i = 0; i + 8 <= length; i += 8) fields.push(Number(view.getBigUint64(field + 4 + i, true)));
  }
  // In this order, each only when it is large: size, compressed size, place of the header.
  const size = isLarge(uncompressed) ? fields.shift()! : uncompressed;
  if (isLarge(view.getUint32(at + 20, true))) fields.shift();
  return { size, header: isLarge(header) ? fields.shift()! : header };
}

function readAt(read: ByteSource["read"], begin: number, length: number): Promise<Uint8Array> {
  return read(begin, begin + length);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
