import { ModelError } from "./errors.js";

/** `gelu` is x·Φ(x) with the error function; `quick_gelu` is x·σ(1.702x), what OpenAI's weights were trained with. */
export type Activation = "gelu" | "quick_gelu";

/** Image tower: a vision transformer over square patches. */
export interface VisionConfig {
  /** Side of the square input in pixels; a multiple of `patchSize`. */
  readonly imageSize: number;
  /** Side of a patch in pixels. */
  readonly patchSize: number;
  readonly width: number;
  readonly layers: number;
  /** Attention heads; divides `width`. */
  readonly heads: number;
  /** Hidden width of the feed-forward part as a multiple of `width`. Default 4. */
  readonly mlpRatio?: number;
  /** What becomes the image's feature: the class token (CLIP) or the mean over the patches. Default "class". */
  readonly pool?: "class" | "mean";
}

/** Text tower: a causal transformer, read at the end-of-text token. */
export interface TextConfig {
  /** Longest sequence in tokens, start and end included. */
  readonly contextLength: number;
  readonly vocabSize: number;
  readonly width: number;
  readonly layers: number;
  /** Attention heads; divides `width`. */
  readonly heads: number;
  /** Hidden width of the feed-forward part as a multiple of `width`. Default 4. */
  readonly mlpRatio?: number;
}

/** A CLIP of any size. */
export interface ClipConfig {
  /** Width of the shared embedding space. */
  readonly embedDim: number;
  readonly vision: VisionConfig;
  readonly text: TextConfig;
  /** Default "quick_gelu", as in OpenAI's CLIP; it is stored in checkpoints. */
  readonly activation?: Activation;
}

/** A configuration with its defaults filled in. */
export interface ResolvedClipConfig extends ClipConfig {
  readonly vision: Required<VisionConfig>;
  readonly text: Required<TextConfig>;
  readonly activation: Activation;
}

/** Fills in the defaults and checks every number. Throws {@link ModelError} naming the field that is wrong. */
export function resolveClipConfig(config: ClipConfig): ResolvedClipConfig {
  const { vision, text, activation = "quick_gelu" } = config;
  const resolved: ResolvedClipConfig = {
    ...config,
    activation,
    vision: { mlpRatio: 4, pool: "class", ...vision },
    text: { mlpRatio: 4, ...text },
  };
  positiveInteger("embedDim", config.embedDim);
  for (const field of ["imageSize", "patchSize", "width", "layers", "heads"] as const) {
    positiveInteger(`vision.${field}`, vision[field]);
  }
  for (const field of ["contextLength", "vocabSize", "width", "layers", "heads"] as const) {
    positiveInteger(`text.${field}`, text[field]);
  }
  for (const [name, tower] of [
    ["vision", resolved.vision],
    ["text", resolved.text],
  ] as const) {
    if (tower.width % tower.heads !== 0) {
      throw new ModelError(`${name}.width is ${tower.width}, which ${tower.heads} heads cannot share evenly.`);
    }
    positiveInteger(`${name}.width * ${name}.mlpRatio`, tower.width * tower.mlpRatio);
  }
  if (vision.imageSize % vision.patchSize !== 0) {
    throw new ModelError(
      `vision.imageSize is ${vision.imageSize}, which is no multiple of vision.patchSize ${vision.patchSize}.`,
    );
  }
  oneOf("vision.pool", resolved.vision.pool, ["class", "mean"]);
  oneOf("activation", activation, ["gelu", "quick_gelu"]);
  return resolved;
}

function positiveInteger(field: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new ModelError(`${field} is ${value}; a positive whole number is expected.`);
  }
}

function oneOf(field: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) throw new ModelError(`${field} is "${value}"; expected one of ${known.join(", ")}.`);
}
