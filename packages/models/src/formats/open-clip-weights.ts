import type { Clip } from "../clip/clip.js";
import { towerNames } from "../clip/clip-parameters.js";
import { ModelError } from "../model-error.js";
import type { Tower } from "../towers/tower.js";
import { sizeOf, type WeightArray, type Weights } from "../weights/weights.js";
import { openClipFormat } from "./open-clip-config.js";

/** What the names of a model's tensors follow from. */
type Described = Pick<Clip, "config" | "towers">;

/** One tensor of an open_clip checkpoint and the parameters that it is made of. */
interface OpenClipTensor {
  readonly name: string;
  /** Stacked along the rows when there are several (queries, keys and values). */
  readonly parts: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Projections are [inputs, outputs] in open_clip. */
  readonly transposed: boolean;
}

function openClipTensors({ config, towers }: Described): OpenClipTensor[] {
  return [
    { name: "logit_scale", parts: [{ name: "logit_scale", shape: [] }], transposed: false },
    ...towerTensors(towers.image, config.embedDim),
    ...towerTensors(towers.text, config.embedDim),
  ];
}

function towerTensors(tower: Tower, embedDim: number): OpenClipTensor[] {
  const { prefix, projection } = towerNames[tower.kind];
  const format = openClipFormat(tower);
  const parameters = tower.parameters(embedDim);
  const shapes = new Map(parameters.map(({ name, shape }) => [name, shape]));
  const part = (own: string) => ({ name: `${prefix}.${own}`, shape: shapes.get(own)! });
  const own = parameters.flatMap(({ name }): OpenClipTensor[] => {
    const stacked = /^(.*)\.self_attn\.([qkv])_proj\.(weight|bias)$/.exec(name);
    if (!stacked) {
      const { name: stored, transposed = false } = format.tensor(name);
      return [{ name: stored, parts: [part(name)], transposed }];
    }
    const [, block, letter, kind] = stacked;
    if (letter !== "q") return [];
    const parts = ["q", "k", "v"].map((each) => part(`${block}.self_attn.${each}_proj.${kind}`));
    return [{ name: format.tensor(`${block}.attn.in_proj_${kind}`).name, parts, transposed: false }];
  });
  if (tower.width === undefined) return own;
  const { name, transposed = false } = format.projection;
  return [...own, { name, parts: [{ name: projection, shape: [embedDim, tower.width] }], transposed }];
}

/** A model's weights under open_clip's names. */
export function toOpenClipWeights(model: Described, weights: Weights): Weights {
  return new Map(
    openClipTensors(model).map(({ name, parts, transposed }) => {
      const arrays = parts.map((part) => weights.get(part.name)!);
      return [name, transposed ? transpose(arrays[0]!) : stack(arrays)];
    }),
  );
}

/**
 * The weights behind open_clip's. What a configuration has no place for keeps its name, so that it is reported as unknown.
 *
 * @throws ModelError when a tensor cannot be taken apart because of its shape.
 */
export function fromOpenClipWeights(model: Described, weights: Weights): Weights {
  const result = new Map<string, WeightArray>();
  const rest = new Map(weights);
  for (const { name, parts, transposed } of openClipTensors(model)) {
    const array = rest.get(name);
    if (!array) continue;
    rest.delete(name);
    if (parts.length === 1) {
      result.set(parts[0]!.name, transposed ? transpose(array) : array);
      continue;
    }
    const [rows, ...inner] = parts[0]!.shape as [number, ...number[]];
    const expected = [rows * parts.length, ...inner];
    if (array.shape.join() !== expected.join()) {
      throw new ModelError(
        `The weights do not fit the configuration: ${name} is ${array.shape.join("x")}, expected ${expected.join("x")}.`,
      );
    }
    parts.forEach((part, index) => {
      const size = sizeOf(part.shape);
      result.set(part.name, { shape: part.shape, data: array.data.slice(index * size, (index + 1) * size) });
    });
  }
  return new Map([...result, ...rest]);
}

function stack(arrays: readonly WeightArray[]): WeightArray {
  const [first] = arrays as [WeightArray];
  if (arrays.length === 1) return first;
  const data = new Float32Array(arrays.reduce((sum, array) => sum + array.data.length, 0));
  arrays.forEach((array, index) => {
    data.set(array.data, index * first.data.length);
  });
  const [rows, ...inner] = first.shape as [number, ...number[]];
  return { shape: [rows * arrays.length, ...inner], data };
}

function transpose({ shape, data }: WeightArray): WeightArray {
  const [rows, columns] = shape as [number, number];
  const turned = Float32Array.from(data, (_, index) => data[(index % rows) * columns + Math.floor(index / rows)]!);
  return { shape: [columns, rows], data: turned };
}
