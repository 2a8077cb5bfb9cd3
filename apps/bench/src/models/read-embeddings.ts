import { inflateRawSync } from "node:zlib";
import { decodeSafetensors } from "@tesserae/models";
import { z } from "zod";
import { BenchError } from "../bench-error.js";

/** Vectors by the name of the image, and by the caption. */
export interface NamedVectors {
  readonly images: ReadonlyMap<string, Float32Array>;
  readonly texts: ReadonlyMap<string, Float32Array>;
}

const lineSchema = z.union([
  z.object({ image: z.string(), embedding: z.array(z.number()) }),
  z.object({ text: z.string(), embedding: z.array(z.number()) }),
]);

/** A line an embedding: `{"image": "a.jpg", "embedding": […]}` or `{"text": "a dog", "embedding": […]}`. */
export function readJsonLines(bytes: Buffer, path: string): NamedVectors {
  const images = new Map<string, Float32Array>();
  const texts = new Map<string, Float32Array>();
  bytes
    .toString("utf8")
    .split(/\r?\n/)
    .forEach((line, index) => {
      if (line.trim() === "") return;
      const parsed = lineSchema.safeParse(parseJson(line));
      if (!parsed.success) {
        throw new BenchError(`${path}:${index + 1}: expected {"image" or "text": a name, "embedding": numbers}`);
      }
      const vector = Float32Array.from(parsed.data.embedding);
      const [kind, name] = "image" in parsed.data ? [images, parsed.data.image] : [texts, parsed.data.text];
      if (kind.has(name)) throw new BenchError(`${path}:${index + 1}: "${name}" is named twice`);
      kind.set(name, vector);
    });
  return { images, texts };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const namesSchema = z.array(z.string());

/** Tensors `images` and `texts`, a row each; the file's metadata holds `image_names` and `captions`, lists of texts as JSON. */
export function readSafetensors(bytes: Buffer, path: string): NamedVectors {
  const tensors = decodeSafetensors(bytes);
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + headerLength).toString("utf8")) as {
    __metadata__?: Record<string, string>;
  };
  const rows = (tensor: string, names: string): ReadonlyMap<string, Float32Array> => {
    const found = tensors.get(tensor);
    if (!found) return new Map();
    const parsed = namesSchema.safeParse(parseJson(header.__metadata__?.[names] ?? ""));
    if (!parsed.success) throw new BenchError(`${path}: its metadata holds no list ${names} for the tensor ${tensor}`);
    return named(parsed.data, found.shape, found.data, `${path}: ${tensor}`);
  };
  return { images: rows("images", "image_names"), texts: rows("texts", "captions") };
}

/** Arrays `images` and `texts`, a row each, and their names in `image_names` and `captions` (numpy.savez). */
export function readNpz(bytes: Buffer, path: string): NamedVectors {
  const arrays = new Map([...zipEntries(bytes, path)].map(([name, content]) => [name.replace(/\.npy$/, ""), content]));
  const rows = (array: string, names: string): ReadonlyMap<string, Float32Array> => {
    const content = arrays.get(array);
    if (!content) return new Map();
    const labels = arrays.get(names);
    if (!labels) throw new BenchError(`${path}: holds ${array} but no ${names}; expected both`);
    const vectors = readNpy(content, `${path}: ${array}`);
    const texts = readNpy(labels, `${path}: ${names}`);
    if (!("numbers" in vectors) || !("texts" in texts)) {
      throw new BenchError(`${path}: expected numbers in ${array} and texts in ${names}`);
    }
    return named(texts.texts, vectors.shape, vectors.numbers, `${path}: ${array}`);
  };
  return { images: rows("images", "image_names"), texts: rows("texts", "captions") };
}

function named(
  names: readonly string[],
  shape: readonly number[],
  data: ArrayLike<number>,
  what: string,
): ReadonlyMap<string, Float32Array> {
  const [count, width] = shape;
  if (shape.length !== 2 || count !== names.length) {
    throw new BenchError(`${what}: has the shape [${shape.join(", ")}] for ${names.length} names; expected a row each`);
  }
  const all = Float32Array.from(data);
  const vectors = new Map<string, Float32Array>();
  names.forEach((name, row) => {
    if (vectors.has(name)) throw new BenchError(`${what}: "${name}" is named twice`);
    vectors.set(name, all.subarray(row * width!, (row + 1) * width!));
  });
  return vectors;
}

/** The files of a ZIP archive, stored or deflated. */
function* zipEntries(bytes: Buffer, path: string): Iterable<readonly [string, Buffer]> {
  const end = bytes.lastIndexOf(Buffer.from("PK\u0005\u0006"));
  if (end < 0) throw new BenchError(`${path}: no NumPy archive (it lacks a ZIP's end); expected numpy.savez's file`);
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = bytes.readUInt16LE(end + 10); entry > 0; entry--) {
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const name = bytes.subarray(at + 46, at + 46 + nameLength!).toString("utf8");
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + size);
    yield [name, method === 8 ? inflateRawSync(content) : content];
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
}

type NpyArray =
  | { readonly shape: readonly number[]; readonly numbers: ArrayLike<number> }
  | { readonly shape: readonly number[]; readonly texts: readonly string[] };

/** A NumPy array of 32- or 64-bit floats or of Unicode texts, in C order. */
function readNpy(content: Buffer, what: string): NpyArray {
  const longHeader = content[6]! >= 2;
  const headerLength = longHeader ? content.readUInt32LE(8) : content.readUInt16LE(8);
  const headerStart = longHeader ? 12 : 10;
  const header = content.subarray(headerStart, headerStart + headerLength).toString("latin1");
  const type = /'descr':\s*'([^']+)'/.exec(header)?.[1] ?? "";
  const shape = [...(/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? "").matchAll(/\d+/g)].map(Number);
  const data = Uint8Array.from(content.subarray(headerStart + headerLength)).buffer;
  if (/'fortran_order':\s*True/.test(header)) throw new BenchError(`${what}: is in Fortran order; expected C order`);
  if (type === "<f4") return { shape, numbers: new Float32Array(data) };
  if (type === "<f8") return { shape, numbers: new Float64Array(data) };
  const length = Number(/^<U(\d+)$/.exec(type)?.[1]);
  if (Number.isNaN(length)) throw new BenchError(`${what}: is of type ${type}; expected <f4, <f8 or texts (<U…)`);
  const points = new Uint32Array(data);
  const count = shape.reduce((product, side) => product * side, 1);
  const texts = Array.from({ length: count }, (_, row) => {
    const codes = [...points.subarray(row * length, (row + 1) * length)];
    const last = codes.findLastIndex((code) => code !== 0);
    return String.fromCodePoint(...codes.slice(0, last + 1));
  });
  return { shape, texts };
}
