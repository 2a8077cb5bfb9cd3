import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "@tesserae/losses";
import { type Clip, clampLogitScale, encodeImages, encodeTexts, preprocess, type Tokenizer } from "@tesserae/models";
import type { AdamW } from "../adamw.js";
import type { Batch } from "../objective/collate.js";
import { contrastiveBatch } from "../objective/contrastive-batch.js";
import type { TextPacker } from "../objective/text-packer.js";
import { trainingStepInParts } from "./accumulated-gradients.js";

/** Values of one step, read back from the engine. */
export type StepValues = Readonly<Record<string, number>>;

/** The parts that a step changes or reads. */
export interface StepParts {
  readonly clip: Clip;
  readonly tokenizer: Tokenizer;
  readonly loss: Loss;
  readonly optimizer: AdamW;
  readonly pack: TextPacker;
  /** Parts that a batch is embedded in, one after the other (`trainingStepInParts`); 1: all at once. */
  readonly accumFreq: number;
}

/**
 * One optimizer step on a batch: both towers, the loss, its gradients and AdamW, read back in one go.
 * Every different text is encoded once, however many images it stands beside.
 * @returns `loss` (the objective), each term by its name, `logitScale`, `gradientNorm`
 */
export async function trainingStep(parts: StepParts, batch: Batch, lr: number): Promise<StepValues> {
  if (parts.accumFreq > 1) return trainingStepInParts(parts, batch, lr);
  const { clip, tokenizer, loss, optimizer, pack } = parts;
  const tokens = pack(batch.texts.map((text) => tokenizer.encode(text)));
  const names: string[] = [];
  const values = tf.tidy(() => {
    const pixels = preprocess(batch.images, clip.config.vision.imageSize);
    const read: tf.Scalar[] = [];
    const { value, grads } = tf.variableGrads(() => {
      const logitScale = clip.logitScale();
      const terms = loss.compute(
        contrastiveBatch(batch, encodeImages(clip, pixels), encodeTexts(clip, tokens), logitScale),
      );
      for (const [name, term] of Object.entries({ ...terms, logitScale })) {
        names.push(name);
        read.push(tf.keep(term));
      }
      return terms.objective;
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
