import { ModelError } from "../model-error.js";

/** Whether this machine keeps numbers as the files do; if so, they are copied in one piece. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** How one type of numbers stands in a file. */
interface NumberType {
  /** Bytes of a number. */
  readonly size: number;
  /** The number at a byte. */
  read(view: DataView, at: number): number;
}

/** What can be read, by safetensors' names. */
export const numberTypes: Readonly<Record<string, NumberType>> = {
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

/** Numbers of a type that is read, as float32. */
export function decodeNumbers(dtype: string, bytes: Uint8Array): Float32Array {
  const { size, read } = numberTypes[dtype]!;
  const data = new Float32Array(bytes.length / size);
  if (dtype === "F32" && isLittleEndian) {
    new Uint8Array(data.buffer).set(bytes);
    return data;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < data.length; i++) data[i] = read(view, size * i);
  return data;
}

/** The bytes of float32 numbers in safetensors' order; a view of the numbers where the machine's is the same. */
export function littleEndian(data: Float32Array): Uint8Array {
  if (isLittleEndian) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const view = new DataView(new ArrayBuffer(data.byteLength));
  for (let i = 0; i < data.length; i++) view.setFloat32(4 * i, data[i]!, true);
  return new Uint8Array(view.buffer);
}

/** Of a number type that is none of the above. */
export function unreadType(file: string, name: string, dtype: string): ModelError {
  return new ModelError(
    `${file}: ${name} holds numbers of the type ${JSON.stringify(dtype)}; ${Object.keys(numberTypes).join(", ")} are read, so save it as one of those (in PyTorch: tensor.float()).`,
  );
}
