import * as tf from "@tensorflow/tfjs-core";
import type { KnowledgeEncoder } from "../knowledge/knowledge-encoder.js";
import type { ParameterSpec } from "../layers/parameter-spec.js";
import type { VariableReader } from "../layers/variable-reader.js";
import { withGradient } from "../layers/with-gradient.js";
import type { Rng } from "../rng.js";
import { createVariables } from "../weights/model-variables.js";
import { initialWeights, type Weights } from "../weights/weights.js";
import {
  type ClipConfig,
  type ClipTowers,
  type ResolvedClipConfig,
  resolveClip,
  type TowerOptions,
} from "./clip-config.js";
import { clipParameters, knowledgePrefix } from "./clip-parameters.js";

/** Largest logarithm of the logit scale (Radford et al. 2021, section 2.5). */
const maximumLogitScale = Math.log(100);

/** A CLIP: two towers' variables and the learnt logit scale. Use it with `encodeImages` and `encodeTexts`. */
export interface Clip {
  readonly config: ResolvedClipConfig;
  readonly towers: ClipTowers;
  /** Of every variable: its name, shape and how it starts. */
  readonly parameters: readonly ParameterSpec[];
  /** Variables by their names in Hugging Face's CLIP checkpoints; those with `trainable` false are not trained. */
  readonly variables: ReadonlyMap<string, tf.Variable>;
  /** What the towers compute with in the variable's place: itself, or with adapters (`addLora`) their sum. */
  readonly read: VariableReader;
  /** For `encodeKnowledge`, where the configuration has one; its variables are the model's. */
  readonly knowledge?: Omit<KnowledgeEncoder, "dispose">;
  /**
   * The scale that logits are multiplied with: exp of the stored logarithm, at most 100. The gradient passes the bound
   * unchanged, so a scale that was pushed past it can come back.
   */
  logitScale(): tf.Scalar;
  /** Frees all variables. */
  dispose(): void;
}

/** Where a fresh model starts. */
export interface CreateClipOptions extends TowerOptions {
  /** Uniform numbers for the starting weights. */
  readonly rng: Rng;
  /**
   * Standard deviation of the starting image positions of a vision transformer; other towers have none. Default
   * width^-0.5, OpenAI's. Embedded patches start at about 1, so from scratch a value near that lets a small tower
   * tell places apart from its first steps.
   */
  readonly imagePositionStd?: number;
  /** Weights to start from, such as those of a pre-trained tower (`loadTextTower`). Default: none. */
  readonly weights?: Weights;
}

/**
 * A CLIP with fresh weights.
 *
 * @throws ModelError when the configuration does not fit together, or a given weight has no place in it.
 */
export function createClip(
  config: ClipConfig,
  { rng, imagePositionStd, weights = new Map(), towers = [] }: CreateClipOptions,
): Clip {
  const resolved = resolveClip(config, { towers });
  const parameters = clipParameters(resolved.config, resolved.towers).map((parameter) =>
    imagePositionStd !== undefined && parameter.name === "vision_model.embeddings.position_embedding.weight"
      ? { ...parameter, init: { std: imagePositionStd } }
      : parameter,
  );
  return assemble(resolved, new Map([...initialWeights(parameters, rng), ...weights]));
}

/**
 * A CLIP with given weights.
 *
 * @throws ModelError listing unknown, missing and misshaped tensors.
 */
export function clipFromWeights(
  config: ClipConfig | ResolvedClipConfig,
  weights: Weights,
  options: TowerOptions = {},
): Clip {
  return assemble(resolveClip(config, options), weights);
}

function assemble({ config, towers }: Pick<Clip, "config" | "towers">, weights: Weights): Clip {
  const parameters = clipParameters(config, towers);
  const variables = createVariables(parameters, weights);
  const read: VariableReader = (name) => variables.get(name)!;
  return {
    config,
    towers,
    parameters,
    variables,
    read,
    ...(config.knowledge && {
      knowledge: {
        config: { ...config.knowledge, embedDim: config.embedDim },
        read: (name) => read(`${knowledgePrefix}.${name}`),
        variables: new Map(
          [...variables].flatMap(([name, variable]) =>
            name.startsWith(`${knowledgePrefix}.`) ? [[name.slice(knowledgePrefix.length + 1), variable]] : [],
          ),
        ),
      },
    }),
    logitScale: () => boundedExp(variables.get("logit_scale")!),
    dispose: () => {
      for (const variable of variables.values()) variable.dispose();
    },
  };
}

/** Brings the stored logarithm of the logit scale back into [0, ln 100], as NegCLIP's trainer does after every step. */
export function clampLogitScale(clip: Clip): void {
  const variable = clip.variables.get("logit_scale")!;
  tf.tidy(() => variable.assign(tf.clipByValue(variable, 0, maximumLogitScale)));
}

function boundedExp(logarithm: tf.Tensor): tf.Scalar {
  return withGradient([logarithm], (x) => {
    const value = tf.exp(tf.minimum(x!, maximumLogitScale));
    return { value, saved: [value], gradient: (dy, value) => [tf.mul(dy, value!)] };
  }) as tf.Scalar;
}
