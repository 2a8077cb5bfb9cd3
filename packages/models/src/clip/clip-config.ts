import { z } from "zod";
import { positiveCount } from "../config/fields.js";
import { fieldAt, parseConfig } from "../config/parse-config.js";
import type { KnowledgeEncoderConfig, ResolvedKnowledgeConfig } from "../knowledge/knowledge-config.js";
import { resolveKnowledgeConfig } from "../knowledge/knowledge-config.js";
import type { Activation } from "../layers/activation.js";
import { ModelError } from "../model-error.js";
import type { BertConfig } from "../towers/bert.js";
import { builtInTowers, defaultTowers } from "../towers/built-in-towers.js";
import type { ClipTextConfig } from "../towers/clip-text.js";
import type { AnyTowerFactory } from "../towers/define-tower.js";
import type { GemmaConfig } from "../towers/gemma.js";
import type { ResNetConfig } from "../towers/resnet.js";
import type { SwinConfig } from "../towers/swin.js";
import type { ImageTower, TextTower, TowerKind } from "../towers/tower.js";
import type { VitConfig } from "../towers/vit.js";

/** A built-in image tower, told apart by `type`; without one, a vision transformer. */
export type VisionConfig = VitConfig | ResNetConfig | SwinConfig;

/** A built-in text tower, told apart by `type`; without one, CLIP's causal transformer. */
export type TextConfig = ClipTextConfig | BertConfig | GemmaConfig;

/** A CLIP of any two towers, and perhaps a knowledge encoder. */
export interface ClipConfig {
  /** Width of the shared embedding space. */
  readonly embedDim: number;
  /** A configuration, or a tower as a value. */
  readonly vision: VisionConfig | ImageTower;
  readonly text: TextConfig | TextTower;
  /** Of the vision transformer and of CLIP's text tower. Default "quick_gelu", as in OpenAI's CLIP; it is stored in checkpoints. */
  readonly activation?: Activation;
  /** Structure-CLIP's knowledge encoder as a part of the model: trained, saved and loaded with it. Default: none. */
  readonly knowledge?: Omit<KnowledgeEncoderConfig, "embedDim">;
}

/** A tower's options with their defaults filled in, and its `type`. Plain JSON. */
export type ResolvedTowerConfig<Needed> = { readonly type: string } & Needed & Readonly<Record<string, unknown>>;

/** A configuration with its defaults filled in. Plain JSON. */
export interface ResolvedClipConfig {
  readonly embedDim: number;
  readonly vision: ResolvedTowerConfig<{ readonly imageSize: number }>;
  readonly text: ResolvedTowerConfig<{ readonly contextLength: number; readonly vocabSize: number }>;
  readonly activation: Activation;
  readonly knowledge?: ResolvedKnowledgeConfig;
}

/** The two towers of a CLIP. */
export interface ClipTowers {
  readonly image: ImageTower;
  readonly text: TextTower;
}

/** Towers that configurations may name besides the built-in ones. */
export interface TowerOptions {
  /** Factories made by `defineTower`. */
  readonly towers?: readonly AnyTowerFactory[];
}

const schema = z.strictObject({
  embedDim: positiveCount,
  vision: z.looseObject({}, "an object"),
  text: z.looseObject({}, "an object"),
  activation: z.enum(["gelu", "quick_gelu"]).default("quick_gelu"),
  knowledge: z.looseObject({}, "an object").optional(),
});

/**
 * Fills in the defaults and checks every field.
 *
 * @throws ModelError naming the field that is wrong or unknown.
 */
export function resolveClipConfig(config: ClipConfig | ResolvedClipConfig, options?: TowerOptions): ResolvedClipConfig {
  return resolveClip(config, options).config;
}

/** The configuration with its defaults, and the towers that it describes. */
export function resolveClip(
  config: ClipConfig | ResolvedClipConfig,
  { towers = [] }: TowerOptions = {},
): { readonly config: ResolvedClipConfig; readonly towers: ClipTowers } {
  const { embedDim, activation, knowledge } = parseConfig(schema, config, "config");
  const image = findTower("image", config.vision, "vision", towers) as ImageTower;
  const text = findTower("text", config.text, "text", towers) as TextTower;
  const described = {
    embedDim,
    vision: { type: image.name, ...image.options } as ResolvedClipConfig["vision"],
    text: { type: text.name, ...text.options } as ResolvedClipConfig["text"],
    activation,
    ...(knowledge && { knowledge: withoutEmbedDim(resolveKnowledgeConfig({ ...knowledge, embedDim })) }),
  };
  return { config: described, towers: { image, text } };
}

function withoutEmbedDim({ embedDim: _, ...config }: ResolvedKnowledgeConfig & { embedDim: number }) {
  return config;
}

/** The tower given as a value, or the one that a configuration names by its type. */
function findTower(
  kind: TowerKind,
  given: object,
  where: string,
  towers: readonly AnyTowerFactory[],
): ImageTower | TextTower {
  if ("encode" in given) {
    const tower = given as ImageTower | TextTower;
    if (tower.kind === kind) return tower;
    throw new ModelError(`${where} is the ${tower.kind} tower "${tower.name}"; one of kind "${kind}" is expected.`);
  }
  const { type = defaultTowers[kind].towerName, ...options } = given as { type?: unknown };
  const known = [...towers, ...builtInTowers].filter((factory) => factory.kind === kind);
  const factory = known.find(({ towerName }) => towerName === type);
  if (factory) return factory.parse(options, where);
  throw new ModelError(
    `${fieldAt(where, "type")} is ${JSON.stringify(type)}; expected one of ${known.map(({ towerName }) => towerName).join(", ")}. A tower of your own is handed in as one of \`towers\`.`,
  );
}
