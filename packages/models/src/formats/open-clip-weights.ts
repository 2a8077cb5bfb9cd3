import type { ResolvedClipConfig } from "../clip/clip-config.js";
import { clipParameters } from "../clip/clip-parameters.js";
import { ModelError } from "../model-error.js";
import { sizeOf, type WeightArray, type Weights } from "../weights/weights.js";

/** One tensor of an open_clip checkpoint and the variables that it is made of. */
interface OpenClipTensor {
  readonly name: string;
  /** Stacked along the rows when there are several (queries, keys and values). */
  readonly parts: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Projections are [inputs, outputs] in open_clip. */
  readonly transposed: boolean;
}

const exact: Readonly<Record<string, string>> = {
  "vision_model.embeddings.class_embedding": "visual.class_embedding",
  "vision_model.embeddings.patch_embedding.weight": "visual.conv1.weight",
  "vision_model.embeddings.position_embedding.weight": "visual.positional_embedding",
  "visual_projection.weight": "visual.proj",
  "text_model.embeddings.token_embedding.weight": "token_embedding.weight",
  "text_model.embeddings.position_embedding.weight": "positional_embedding",
  "text_projection.weight": "text_projection",
};

const renames: readonly (readonly [string, string])[] = [
  ["encoder.layers", "transformer.resblocks"],
  ["self_attn.out_proj", "attn.out_proj"],
  ["layer_norm1", "ln_1"],
  ["layer_norm2", "ln_2"],
  ["mlp.fc1", "mlp.c_fc"],
  ["mlp.fc2", "mlp.c_proj"],
  ["pre_layrnorm", "ln_pre"],
  ["post_layernorm", "ln_post"],
  ["final_layer_norm", "ln_final"],
];

function openClipName(name: string, swin: boolean): string {
  if (swin && name === "visual_projection.weight") return "visual.head.proj.weight";
  const whole = exact[name];
  if (whole !== undefined) return whole;
  const towerless = name.replace(/^vision_model\./, swin ? "visual.trunk." : "visual.").replace(/^text_model\./, "");
  if (swin && towerless.startsWith("visual.")) return towerless;
  return renames.reduce((text, [ours, theirs]) => text.replace(ours, theirs), towerless);
}

function openClipTensors(config: ResolvedClipConfig): OpenClipTensor[] {
  const swin = config.vision.type === "swin";
  const parameters = clipParameters(config);
  const shapes = new Map(parameters.map(({ name, shape }) => [name, shape]));
  return parameters.flatMap(({ name, shape }): OpenClipTensor[] => {
    const stacked = /^(.*)\.self_attn\.([qkv])_proj\.(weight|bias)$/.exec(name);
    if (stacked) {
      const [, prefix, part, kind] = stacked as unknown as [string, string, string, string];
      if (part !== "q") return [];
      const names = ["q", "k", "v"].map((letter) => `${prefix}.self_attn.${letter}_proj.${kind}`);
      return [
        {
          name: openClipName(`${prefix}.attn.in_proj_${kind}`, swin),
          parts: names.map((own) => ({ name: own, shape: shapes.get(own)! })),
          transposed: false,
        },
      ];
    }
    const transposed = name === "text_projection.weight" || (name === "visual_projection.weight" && !swin);
    return [{ name: openClipName(name, swin), parts: [{ name, shape }], transposed }];
  });
}

/** A model's weights under open_clip's names. */
export function toOpenClipWeights(config: ResolvedClipConfig, weights: Weights): Weights {
  return new Map(
    openClipTensors(config).map(({ name, parts, transposed }) => {
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
export function fromOpenClipWeights(config: ResolvedClipConfig, weights: Weights): Weights {
  const result = new Map<string, WeightArray>();
  const rest = new Map(weights);
  for (const { name, parts, transposed } of openClipTensors(config)) {
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
