import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "@tesserae/losses";
import { type Clip, clampLogitScale, encodeImages, encodeTexts, preprocess, type Tokenizer } from "@tesserae/models";
import type { AdamW } from "./adamw.js";
import type { Batch } from "./batch.js";
import type { TextPacker } from "./text-packer.js";

/** Values of one step, read back from the engine. */
export type StepValues = Readonly<Record<string, number>>;

/** The parts that a step changes or reads. */
export interface StepParts {
  readonly clip: Clip;
  readonly tokenizer: Tokenizer;
  readonly loss: Loss;
  readonly optimizer: AdamW;
  readonly pack: TextPacker;
}

/**
 * One optimizer step on a batch: both towers, the loss, its gradients and AdamW, read back in one go.
 * Every different text is encoded once, however many images it stands beside.
 * @returns `loss` (the sum of the terms that end in "Loss"), each term by its name, `logitScale`, `gradientNorm`
 */
export async function trainingStep(parts: StepParts, batch: Batch, lr: number): Promise<StepValues> {
  const { clip, tokenizer, loss, optimizer, pack } = parts;
  const tokens = pack(batch.texts.map((text) => tokenizer.encode(text)));
  const names: string[] = [];
  const values = tf.tidy(() => {
    const pixels = preprocess(batch.images, clip.config.vision.imageSize);
    const read: tf.Scalar[] = [];
    const { value, grads } = tf.variableGrads(() => {
      const logitScale = clip.logitScale();
      const terms = loss.compute({
        image: encodeImages(clip, pixels),
        text: tf.gather(encodeTexts(clip, tokens), tf.tensor1d(batch.textRow, "int32")),
        logitScale,
        positiveImage: tf.tensor1d(batch.positiveImage, "int32"),
        negativeImage: tf.tensor1d(batch.negativeImage, "int32"),
        textMask: tf.tensor1d(batch.mask),
        ...(batch.matches ? { matches: tf.tensor2d(batch.matches, [batch.images.length, batch.mask.length]) } : {}),
      });
      for (const [name, term] of Object.entries({ ...terms, logitScale })) {
        names.push(name);
        read.push(tf.keep(term));
      }
      return tf.addN(
        Object.entries(terms).flatMap(([name, term]) => (name.endsWith("Loss") ? [term] : [])),
      ) as tf.Scalar;
    }, [...clip.variables.values()]);
    const norm = optimizer.apply(grads, lr);
    clampLogitScale(clip);
    const all = tf.stack([value, norm, ...read]);
    tf.dispose(read);
    return all;
  });
  const [total, gradientNorm, ...rest] = await values.data();
  values.dispose();
  const named = Object.fromEntries(names.map((name, index) => [name, rest[index]!]));
  return { loss: total!, ...named, gradientNorm: gradientNorm! };
}
