import { streamPytorch } from "../formats/pytorch.js";
import { encodeSafetensors, streamSafetensors } from "../formats/safetensors.js";
import { ModelError } from "../model-error.js";
import type { WeightArray, Weights } from "../weights/weights.js";
import { type FolderReader, jsonFile } from "./model-folder.js";

/**
 * A safetensors file, or several and the index that says which holds which tensor, as Hugging Face shards them.
 *
 * @param name of the file without its ending.
 * @param maxShardSize most bytes of numbers in a file; a single tensor may be larger.
 */
export function weightFiles(weights: Weights, name: string, maxShardSize: number): [string, Uint8Array | string][] {
  const shards: Map<string, WeightArray>[] = [];
  let room = 0;
  for (const [tensor, array] of weights) {
    if (shards.length === 0 || array.data.byteLength > room) {
      shards.push(new Map());
      room = maxShardSize;
    }
    shards.at(-1)!.set(tensor, array);
    room -= array.data.byteLength;
  }
  const metadata = { format: "pt" };
  if (shards.length === 1) return [[`${name}.safetensors`, encodeSafetensors(weights, metadata)]];
  const number = (index: number) => String(index).padStart(5, "0");
  const fileOf = (index: number) => `${name}-${number(index + 1)}-of-${number(shards.length)}.safetensors`;
  const total = [...weights.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
  const map = shards.flatMap((shard, index) => [...shard.keys()].map((tensor) => [tensor, fileOf(index)]));
  return [
    ...shards.map((shard, index): [string, Uint8Array] => [fileOf(index), encodeSafetensors(shard, metadata)]),
    [
      `${name}.safetensors.index.json`,
      jsonFile({ metadata: { total_size: total }, weight_map: Object.fromEntries(map) }),
    ],
  ];
}

/** Files of weights in the order in which they are looked for; each may be cut into shards that an index lists. */
const kinds = [
  { ending: ".safetensors", prefix: "", stream: streamSafetensors },
  { ending: ".bin", prefix: "pytorch_", stream: streamPytorch },
] as const;

/**
 * Reads `name.safetensors`, or the shards that `name.safetensors.index.json` lists; where there is neither, what `torch.save` wrote:
 * `pytorch_model.bin` (in open_clip's folders `open_clip_pytorch_model.bin`), or its shards.
 *
 * @param name "model", or "open_clip_model".
 * @throws ModelError when a file is missing or corrupt, a shard is named outside the folder, lacks a tensor that the index
 *   promises, or a number is not finite.
 */
export async function readWeightFiles(folder: FolderReader, name: string): Promise<Weights> {
  for (const { ending, prefix, stream } of kinds) {
    const single = `${name.replace(/model$/, `${prefix}model`)}${ending}`;
    if (await folder.has(single)) return readFile(folder, single, stream);
    const index = `${single}.index.json`;
    if (await folder.has(index)) return readShards(folder, index, ending, stream);
  }
  return readFile(folder, `${name}.safetensors`, streamSafetensors); // says that it is missing
}

async function readShards(
  folder: FolderReader,
  index: string,
  ending: string,
  stream: typeof streamSafetensors,
): Promise<Weights> {
  const { weight_map: map } = ((await folder.json(index)) ?? {}) as { weight_map?: unknown };
  if (typeof map !== "object" || map === null) {
    throw new ModelError(`${index} has no weight_map.`);
  }
  const weights = new Map<string, WeightArray>();
  for (const file of new Set(Object.values(map))) {
    if (typeof file !== "string" || !/^[\w.-]+$/.test(file) || !file.endsWith(ending)) {
      throw new ModelError(`${index} names ${JSON.stringify(file)}, no file of the folder.`);
    }
    for (const [tensor, array] of await readFile(folder, file, stream)) weights.set(tensor, array);
  }
  const missing = Object.keys(map).filter((tensor) => !weights.has(tensor));
  if (missing.length > 0) {
    throw new ModelError(`${index} lists ${missing[0]}, which its shards do not hold.`);
  }
  return weights;
}

async function readFile(folder: FolderReader, file: string, stream: typeof streamSafetensors): Promise<Weights> {
  const weights = await folder.withSource(file, (source) => stream(source, file));
  for (const [name, { data }] of weights) {
    const index = data.findIndex((value) => !Number.isFinite(value));
    if (index >= 0)
      throw new ModelError(`${name}[${index}] in ${file} is ${data[index]}; a finite number is expected.`);
  }
  return weights;
}
