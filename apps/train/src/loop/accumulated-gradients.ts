import * as tf from "@tensorflow/tfjs-core";
import { gradCache } from "@tesserae/losses";
import { clampLogitScale, encodeImages, encodeTexts, inTower, preprocess, type Tower } from "@tesserae/models";
import type { Batch } from "../objective/collate.js";
import { contrastiveBatch } from "../objective/contrastive-batch.js";
import { cut } from "./chunk.js";
import type { StepParts, StepValues } from "./training-step.js";

type Embed = () => tf.Tensor2D;

/**
 * `trainingStep` with the images and the texts embedded in `accumFreq` parts each, so that only one part's activations are held
 * at a time: loss and gradients are those of the whole batch (GradCache; open_clip's `--accum-freq`), for a second forward pass.
 * A locked tower embeds its parts once.
 */
export async function trainingStepInParts(step: StepParts, batch: Batch, lr: number): Promise<StepValues> {
  const { clip, tokenizer, loss, optimizer, pack, accumFreq } = step;
  const towers: Record<Tower, Embed[]> = {
    image: cut(batch.images, accumFreq).map(
      (images) => () => encodeImages(clip, preprocess(images, clip.config.vision.imageSize)),
    ),
    text: cut(batch.texts, accumFreq).map((texts) => {
      const tokens = pack(texts.map((text) => tokenizer.encode(text)));
      // Without the rows that fill the part up.
      return () => tf.slice(encodeTexts(clip, tokens), [0, 0], [texts.length, -1]);
    }),
  };
  const trained = [...clip.variables].filter(([, { trainable }]) => trainable);
  const isTrained = (tower: Tower) => trained.some(([name]) => inTower(tower)(name));
  const parts = { image: isTrained("image") ? towers.image : [], text: isTrained("text") ? towers.text : [] };
  const fixed = {
    image: isTrained("image") ? [] : await embedEach(towers.image),
    text: isTrained("text") ? [] : await embedEach(towers.text),
  };

  const { terms, gradients } = await gradCache({
    parts: [...parts.image, ...parts.text],
    loss: (embeddings) => {
      const given = embeddings as tf.Tensor2D[];
      const image = tf.concat([...fixed.image, ...given.slice(0, parts.image.length)]);
      const texts = tf.concat([...fixed.text, ...given.slice(parts.image.length)]);
      const logitScale = clip.logitScale();
      return { ...loss.compute(contrastiveBatch(batch, image, texts, logitScale)), logitScale };
    },
    variables: trained.filter(([name]) => name !== "logit_scale").map(([, variable]) => variable),
    lossVariables: trained.filter(([name]) => name === "logit_scale").map(([, variable]) => variable),
  });
  const values = tf.tidy(() => {
    const gradientNorm = optimizer.apply(gradients, lr);
    clampLogitScale(clip);
    return tf.stack([...Object.values(terms), gradientNorm]);
  });
  tf.dispose([...fixed.image, ...fixed.text, ...Object.values(terms), ...Object.values(gradients)]);
  const read = await values.data();
  values.dispose();
  const named = Object.fromEntries([...Object.keys(terms), "gradientNorm"].map((name, index) => [name, read[index]!]));
  return { loss: named.objective!, ...named };
}

/** Each part's embeddings, one after the other. */
async function embedEach(parts: readonly Embed[]): Promise<tf.Tensor2D[]> {
  const embeddings: tf.Tensor2D[] = [];
  for (const embed of parts) {
    const embedded = tf.tidy(embed);
    await embedded.data();
    embeddings.push(embedded);
  }
  return embeddings;
}
