import * as tf from "@tensorflow/tfjs-core";
import { createClip, encodeImages, encodeTexts, packTokens, type TokenBatch } from "@tesserae/models";
import { adamW, applyUpdates, type Parameters, type UpdateTime } from "@tesserae/optim";
import { seededRng } from "@tesserae/scene-graph/random";
import { type JitCounts, jit } from "@tesserae/tfjs-backend-ort";
import type { ClipSize } from "./clip-sizes.js";

/** Random images and texts. */
export interface ClipBatch {
  readonly pixels: Float32Array;
  readonly tokens: TokenBatch;
}

/** A CLIP with its optimizer, to take steps with on the current backend. */
export interface ClipStep {
  /**
   * The next random batch.
   * @param textLength Tokens of each text. Default: the model's context.
   */
  batch(textLength?: number): ClipBatch;
  /** Forward, backward and AdamW; the loss before it. */
  run(batch: ClipBatch): Promise<number>;
  /** Numbers of the weights and of the optimizer's moments. */
  state(): {
    readonly weights: Float32Array[];
    readonly firstMoments: Float32Array[];
    readonly secondMoments: Float32Array[];
  };
  /** What became of the calls of the step under `jit`; undefined without it. */
  counts(): JitCounts | undefined;
  dispose(): void;
}

/**
 * Makes the model and the optimizer of a size.
 *
 * @param traced whether steps run under `jit`. Default true.
 */
export function createClipStep({ batch: count, config }: ClipSize, traced = true): ClipStep {
  const rng = seededRng(0);
  const clip = createClip(config, { rng });
  const update = createUpdate([...clip.variables.values()]);
  const { imageSize } = config.vision;
  const { contextLength, vocabSize } = config.text;
  const step = ({ pixels, tokens }: ClipBatch, time: { step: tf.Scalar; learningRate: tf.Scalar }) => {
    const { value, grads } = tf.variableGrads(() => {
      const images = encodeImages(clip, tf.tensor4d(pixels, [count, imageSize, imageSize, 3]));
      const logits = tf.mul(tf.matMul(images, encodeTexts(clip, tokens), false, true), clip.logitScale());
      return contrastiveLoss(logits as tf.Tensor2D);
    }, update.variables);
    update.apply(grads, time);
    return value;
  };
  const take = traced ? jit(step) : step;
  let steps = 0;
  return {
    batch: (textLength = contextLength) => {
      const pixels = Float32Array.from({ length: count * imageSize * imageSize * 3 }, () => 2 * rng() - 1);
      const texts = Array.from({ length: count }, () =>
        Int32Array.from({ length: textLength }, () => Math.floor(rng() * vocabSize)),
      );
      return { pixels, tokens: packTokens(texts, { chunks: 1, lengthMultiple: 1 }) };
    },
    run: async (batch) => {
      const loss = tf.tidy(() => take(batch, { step: tf.scalar(steps++), learningRate: tf.scalar(learningRate) }));
      const [value] = await loss.data();
      loss.dispose();
      return value!;
    },
    state: () => ({
      weights: numbersOf(update.variables),
      firstMoments: numbersOf(update.firstMoments),
      secondMoments: numbersOf(update.secondMoments),
    }),
    counts: () => ("counts" in take ? (take.counts as JitCounts) : undefined),
    dispose: () => tf.dispose([...update.variables, ...update.firstMoments, ...update.secondMoments]),
  };
}

const learningRate = 1e-4;

function numbersOf(variables: readonly tf.Variable[]): Float32Array[] {
  return variables.map((variable) => variable.dataSync() as Float32Array);
}

/** AdamW whose moments are variables, as the parameters are. */
function createUpdate(variables: tf.Variable[]) {
  const optimizer = adamW({ weightDecay: 0.1 });
  const parameters = () =>
    Object.fromEntries(variables.map((variable): [string, tf.Tensor] => [variable.name, variable]));
  const start = optimizer.init(parameters());
  const kept = (tensors: Parameters) =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.variable(tensor, false)]));
  const state = { firstMoment: kept(start.firstMoment), secondMoment: kept(start.secondMoment) };
  tf.dispose([start.firstMoment, start.secondMoment]);
  return {
    variables,
    firstMoments: Object.values(state.firstMoment),
    secondMoments: Object.values(state.secondMoment),
    apply(gradients: Parameters, time: UpdateTime): void {
      tf.tidy(() => {
        const { updates, state: next } = optimizer.update(gradients, state, parameters(), time);
        const moved = applyUpdates(parameters(), updates);
        for (const variable of variables) variable.assign(moved[variable.name]!);
        for (const moments of ["firstMoment", "secondMoment"] as const) {
          for (const [name, moment] of Object.entries(state[moments])) moment.assign(next[moments][name]!);
        }
      });
    },
  };
}

/** Cross-entropy of the diagonal, over rows and over columns. */
function contrastiveLoss(logits: tf.Tensor2D): tf.Scalar {
  const right = tf.eye(logits.shape[0]);
  const both = tf.add(tf.logSoftmax(logits), tf.transpose(tf.logSoftmax(tf.transpose(logits))));
  return tf.mul(tf.sum(tf.mul(both, right)), -0.5 / logits.shape[0]) as tf.Scalar;
}
