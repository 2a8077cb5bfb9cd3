import { ModelError } from "../model-error.js";
import { sizeOf, type WeightArray, type Weights } from "../weights/weights.js";

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
    for (const value of data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
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
  const fail = (what: string) => new ModelError(`${file} is no valid safetensors file: ${what}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw fail(`it has ${bytes.length} bytes, fewer than the 8 of the header length.`);
  const headerLength = view.getBigUint64(0, true);
  if (headerLength > BigInt(Math.min(longestHeader, bytes.length - 8))) {
    throw fail(`its header claims ${headerLength} bytes, but ${bytes.length - 8} follow; the file is cut or corrupt.`);
  }
  const start = 8 + Number(headerLength);
  const entries = readHeader(bytes.subarray(8, start), file, fail).sort((a, b) => a.begin - b.begin || a.end - b.end);

  const available = bytes.length - start;
  let expected = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== expected)
      throw fail(`${name} begins at byte ${begin}, expected ${expected}: tensors overlap or leave a gap.`);
    expected = end;
  }
  if (expected !== available) {
    throw fail(`its tensors take ${expected} bytes, but ${available} follow the header; the file is cut or corrupt.`);
  }
  const weights = new Map<string, WeightArray>();
  for (const { name, shape, begin, dtype } of entries) {
    const { size, read } = numberTypes[dtype]!;
    const data = new Float32Array(sizeOf(shape));
    for (let i = 0; i < data.length; i++) data[i] = read(view, start + begin + size * i);
    weights.set(name, { shape, data });
  }
  return weights;
}

interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

interface NumberType {
  /** Bytes of a number. */
  readonly size: number;
  /** The number at a byte. */
  read(view: DataView, at: number): number;
}

/** What can be read, by safetensors' names. */
const numberTypes: Readonly<Record<string, NumberType>> = {
  F32: { size: 4, read: (view, at) => view.getFloat32(at, true) },
  F16: { size: 2, read: (view, at) => float16(view.getUint16(at, true)) },
  BF16: { size: 2, read: (view, at) => float32(view.getUint16(at, true) << 16) }, // the upper half of a float32
  I64: { size: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
};

const scratch = new DataView(new ArrayBuffer(4));

function float32(bits: number): number {
  scratch.setUint32(0, bits);
  return scratch.getFloat32(0);
}

/** One bit of sign, 5 of exponent and 10 of fraction: in a float32's places, the exponent is 112 too small. */
function float16(bits: number): number {
  const sign = (bits & 0x8000) << 16;
  const rest = bits & 0x7fff;
  if (rest >= 0x7c00) return float32(sign | 0x7f800000 | (rest & 0x3ff)); // infinite, or NaN
  return float32(sign | (rest << 13)) * 2 ** 112;
}

/** Of a number type that is none of the above. */
function unreadType(file: string, name: string, dtype: string): ModelError {
  return new ModelError(
    `${file}: ${name} holds numbers of the type ${JSON.stringify(dtype)}; ${Object.keys(numberTypes).join(", ")} are read, so save it as one of those (in PyTorch: tensor.float()).`,
  );
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
