import { decodeSafetensors, encodeSafetensors } from "@tesserae/models";
import { expect, test } from "vitest";

const weights = new Map([
  ["scalar", { shape: [], data: Float32Array.of(0.1) }],
  ["matrix", { shape: [2, 3], data: Float32Array.of(1, -0, 1e-45, 3.4e38, Number.POSITIVE_INFINITY, 6) }],
]);

/** A file with a header as given and `size` bytes of data. */
function file(header: unknown, size: number, claimed?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + size);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const one = { dtype: "F32", shape: [1], data_offsets: [0, 4] };

test("what is written is read back bit by bit", () => {
  const bytes = encodeSafetensors(weights, { format: "pt" });
  expect(decodeSafetensors(bytes)).toEqual(weights);
  expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n);
});

test("reads tensors in any order, some of them empty, from a view into a larger buffer", () => {
  const none = { dtype: "F32", shape: [0, 3], data_offsets: [4, 4] };
  const bytes = file({ b: { dtype: "BF16", shape: [2], data_offsets: [4, 8] }, none, a: one }, 8);
  const view = new DataView(bytes.buffer);
  view.setFloat32(bytes.length - 8, 2.5, true);
  view.setUint16(bytes.length - 4, 0x3fc0, true); // 1.5
  view.setUint16(bytes.length - 2, 0xc000, true); // -2
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  const read = decodeSafetensors(shifted.subarray(3));
  expect(read.get("a")!.data).toEqual(Float32Array.of(2.5));
  expect(read.get("b")!.data).toEqual(Float32Array.of(1.5, -2));
  expect(read.get("none")).toEqual({ shape: [0, 3], data: new Float32Array(0) });
});

test("reads float16: normal, subnormal, zero of both signs, the largest, infinite and none", () => {
  const bits = [0x3c00, 0xc000, 0x3555, 0x0001, 0x83ff, 0x0000, 0x8000, 0x7bff, 0xfc00, 0x7e00];
  const bytes = file(
    { a: { dtype: "F16", shape: [bits.length], data_offsets: [0, 2 * bits.length] } },
    2 * bits.length,
  );
  const view = new DataView(bytes.buffer, bytes.length - 2 * bits.length);
  bits.forEach((half, i) => {
    view.setUint16(2 * i, half, true);
  });
  const expected = [1, -2, 1365 / 4096, 2 ** -24, -1023 * 2 ** -24, 0, -0, 65504, Number.NEGATIVE_INFINITY, Number.NaN];
  expect(decodeSafetensors(bytes).get("a")!.data).toEqual(Float32Array.from(expected));
});

test.each([
  ["a file of three bytes", new Uint8Array(3), "it has 3 bytes, fewer than the 8 of the header length."],
  ["a header of 2^63 bytes", file({ a: one }, 4, 2n ** 63n), "its header claims 9223372036854775808 bytes"],
  ["a cut file", encodeSafetensors(weights).subarray(0, -1), "its tensors take 28 bytes, but 27 follow the header"],
  ["a file with bytes left over", file({ a: one }, 5), "its tensors take 4 bytes, but 5 follow the header"],
  ["no JSON", file("{nonsense", 4), "its header is no JSON."],
  ["a list", file([], 0), "its header is no JSON object."],
  [
    "an unknown type",
    file({ a: { ...one, dtype: "F8" } }, 4),
    'a holds numbers of the type "F8"; F32, F16, BF16, I64 are read, so save it as one of those',
  ],
  [
    "an inherited name as type",
    file({ a: { ...one, dtype: "toString" } }, 4),
    'a holds numbers of the type "toString"',
  ],
  ["a negative side", file({ a: { ...one, shape: [-1] } }, 4), "a has the shape [-1]."],
  ["a huge shape", file({ a: { ...one, shape: [2 ** 40] } }, 4), "but its data_offsets span 4."],
  ["offsets that are no pair", file({ a: { ...one, data_offsets: [0] } }, 4), "a has the data_offsets [0]."],
  [
    "overlapping tensors",
    file({ a: { ...one, shape: [2], data_offsets: [0, 8] }, b: { ...one, data_offsets: [4, 8] } }, 8),
    "b begins at byte 4, expected 8: tensors overlap or leave a gap.",
  ],
  ["a gap", file({ a: one, b: { ...one, data_offsets: [8, 12] } }, 12), "b begins at byte 8, expected 4"],
  ["an entry that is no object", file({ a: null }, 0), "a has dtype undefined"],
])("refuses %s", (_, bytes, message) => {
  expect(() => decodeSafetensors(bytes, "x.safetensors")).toThrow(message);
  expect(() => decodeSafetensors(bytes, "x.safetensors")).toThrow(/^x\.safetensors(:| is no valid safetensors file:) /);
});
