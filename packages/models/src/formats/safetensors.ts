import { ModelError } from "../model-error.js";
import { sizeOf, type WeightArray, type Weights } from "../weights/weights.js";
import { decodeNumbers, littleEndian, numberTypes, unreadType } from "./number-types.js";

const longestHeader = 100_000_000; // the limit of the reference implementation

/** The bytes of a safetensors file: 8 bytes of header length, a JSON header, the numbers as little-endian float32. */
export function encodeSafetensors(weights: Weights, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, data }] of weights) {
    header[name] = { dtype: "F32", shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const text = JSON.stringify(header);
  const padded = new TextEncoder().encode(text + " ".repeat((8 - (utf8Length(text) % 8)) % 8));
  const bytes = new Uint8Array(8 + padded.length + offset);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(padded.length), true);
  bytes.set(padded, 8);
  let at = 8 + padded.length;
  for (const { data } of weights.values()) {
    bytes.set(littleEndian(data), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * Reads a safetensors file. Numbers become float32, from float32, float16, bfloat16 or int64. Nothing is allocated before the
 * header has been checked against the file's length.
 *
 * @param file named in errors.
 * @throws ModelError when the header is cut, too long, no JSON, or does not describe exactly the bytes that follow, and when a
 *   tensor is of another type.
 */
export function decodeSafetensors(bytes: Uint8Array, file = "safetensors"): Weights {
  const length = headerLength(bytes.subarray(0, 8), bytes.length, file);
  const { entries, start } = parseHeader(bytes.subarray(8, 8 + length), bytes.length, file);
  const weights = new Map<string, WeightArray>();
  for (const entry of entries) {
    weights.set(entry.name, decodeTensor(entry, bytes.subarray(start + entry.begin, start + entry.end)));
  }
  return weights;
}

/** A file of any size, read in pieces. */
export interface ByteSource {
  readonly size: number;
  read(begin: number, end: number): Promise<Uint8Array>;
}

/** `decodeSafetensors` of a file that is read tensor by tensor, so that it may be larger than memory has room for twice. */
export async function streamSafetensors({ size, read }: ByteSource, file: string): Promise<Weights> {
  const length = headerLength(await read(0, Math.min(8, size)), size, file);
  const { entries, start } = parseHeader(await read(8, 8 + length), size, file);
  const weights = new Map<string, WeightArray>();
  for (const entry of entries) {
    weights.set(entry.name, decodeTensor(entry, await read(start + entry.begin, start + entry.end)));
  }
  return weights;
}

function invalid(file: string, what: string): ModelError {
  return new ModelError(`${file} is no valid safetensors file: ${what}`);
}

/** @param first the file's first 8 bytes */
function headerLength(first: Uint8Array, size: number, file: string): number {
  if (size < 8) throw invalid(file, `it has ${size} bytes, fewer than the 8 of the header length.`);
  const length = new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(Math.min(longestHeader, size - 8))) {
    throw invalid(file, `its header claims ${length} bytes, but ${size - 8} follow; the file is cut or corrupt.`);
  }
  return Number(length);
}

/** The tensors in the order of their bytes, and where those begin. */
function parseHeader(header: Uint8Array, size: number, file: string): { entries: Entry[]; start: number } {
  const fail = (what: string) => invalid(file, what);
  const entries = readHeader(header, file, fail).sort((a, b) => a.begin - b.begin || a.end - b.end);
  const start = 8 + header.length;
  let expected = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== expected)
      throw fail(`${name} begins at byte ${begin}, expected ${expected}: tensors overlap or leave a gap.`);
    expected = end;
  }
  if (expected !== size - start) {
    throw fail(
      `its tensors take ${expected} bytes, but ${size - start} follow the header; the file is cut or corrupt.`,
    );
  }
  return { entries, start };
}

function decodeTensor({ shape, dtype }: Entry, bytes: Uint8Array): WeightArray {
  return { shape, data: decodeNumbers(dtype, bytes) };
}

interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function readHeader(bytes: Uint8Array, file: string, fail: (what: string) => ModelError): Entry[] {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw fail("its header is no JSON.");
  }
  if (typeof header !== "object" || header === null || Array.isArray(header))
    throw fail("its header is no JSON object.");
  return Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, value]) => readEntry(name, value, file, fail));
}

function readEntry(name: string, value: unknown, file: string, fail: (what: string) => ModelError): Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  if (typeof dtype !== "string") throw fail(`${name} has dtype ${JSON.stringify(dtype)}.`);
  if (!Object.hasOwn(numberTypes, dtype)) throw unreadType(file, name, dtype);
  if (!isCounts(shape)) throw fail(`${name} has the shape ${JSON.stringify(shape)}.`);
  if (!isCounts(offsets) || offsets.length !== 2)
    throw fail(`${name} has the data_offsets ${JSON.stringify(offsets)}.`);
  const [begin, end] = offsets as [number, number];
  const size = sizeOf(shape) * numberTypes[dtype]!.size;
  if (end - begin !== size) {
    throw fail(`${name} is ${dtype} [${shape}], ${size} bytes, but its data_offsets span ${end - begin}.`);
  }
  return { name, dtype, shape, begin, end };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
