import * as tf from "@tensorflow/tfjs-core";
import { clampLogitScale, preprocess, type RgbImage } from "@tesserae/models";
import { type JitCounts, jit } from "@tesserae/tfjs-backend-ort";
import type { CollatedBatch } from "../objective/objective.js";
import { accumulatedGradients } from "./accumulated-gradients.js";
import type { Optimizer } from "./optimizer.js";
import type { StepParts } from "./step-parts.js";

/** Values of one step, read back from the engine: `loss` (the objective), its terms, `logitScale`, `gradientNorm`. */
export type StepValues = Readonly<Record<string, number>>;

/** One update of a model with a batch. */
export interface TrainingStep {
  /**
   * @param images of the model's size; their pixels become numbers when they are embedded, those of one part at a time
   * @param step updates made before
   */
  run(images: readonly RgbImage[], batch: CollatedBatch, step: number, learningRate: number): Promise<StepValues>;
  /** How often the step was traced, and how often its graph was run without being called. */
  readonly counts: JitCounts;
  dispose(): void;
}

/** The training step: the objective of a batch, its gradient, the optimizer's update. */
export function createTrainingStep({ clip, objective, optimizer, accumFreq }: StepParts): TrainingStep {
  let names: readonly string[] = [];

  /** What every step does to the variables, and what is read of it. */
  const update = (
    terms: Readonly<Record<string, tf.Tensor>>,
    gradients: tf.NamedTensorMap,
    step: tf.Scalar,
    rate: tf.Scalar,
  ) => {
    const gradientNorm = optimizer.apply(byModelName(gradients, optimizer), step, rate);
    const { objective: loss, ...others } = terms;
    const read = { loss: loss!, ...others, gradientNorm };
    clampLogitScale(clip);
    names = Object.keys(read);
    return tf.stack(Object.values(read));
  };

  const whole = jit(
    (pixels: tf.Tensor4D, batch: object, step: tf.Scalar, learningRate: tf.Scalar) => {
      let terms: Record<string, tf.Tensor> = {};
      const { grads } = tf.variableGrads(() => {
        terms = { ...objective.compute(clip, pixels, batch as CollatedBatch, step), logitScale: clip.logitScale() };
        for (const term of Object.values(terms)) tf.keep(term);
        return terms.objective as tf.Scalar;
      }, [...optimizer.variables.values()]);
      const read = update(terms, grads, step, learningRate);
      tf.dispose(terms);
      return read;
    },
    { untraceable: "call" },
  );

  return {
    run: async (images, batch, step, learningRate) => {
      const { texts: _, ownTexts: __, ...numbers } = batch;
      const time = [tf.scalar(step), tf.scalar(learningRate)] as const;
      let read: tf.Tensor;
      const pixelsOf = (from: number, to: number) => preprocess(images.slice(from, to), clip.towers.image.imageSize);
      if (accumFreq === 1) read = tf.tidy(() => whole(pixelsOf(0, images.length), numbers, ...time));
      else {
        const { terms, gradients } = await accumulatedGradients(
          { clip, objective, optimizer, accumFreq },
          pixelsOf,
          batch,
          step,
        );
        read = tf.tidy(() => update(terms, gradients as tf.NamedTensorMap, ...time));
        tf.dispose([terms, gradients]);
      }
      const values = await read.data();
      tf.dispose([read, ...time]);
      return Object.fromEntries(names.map((name, index) => [name, values[index]!]));
    },
    get counts() {
      return whole.counts;
    },
    dispose: () => whole.dispose(),
  };
}

/** Gradients by the model's names of the variables, from those by the variables' own. */
function byModelName(gradients: tf.NamedTensorMap, { variables }: Optimizer): Record<string, tf.Tensor> {
  return Object.fromEntries(
    [...variables].flatMap(([name, variable]) => {
      const gradient: tf.Tensor | null | undefined = gradients[variable.name];
      return gradient ? [[name, gradient]] : [];
    }),
  );
}
