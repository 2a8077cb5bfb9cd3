import * as tf from "@tensorflow/tfjs-core";
import { type Gradients, gradCache } from "@tesserae/losses";
import { inKnowledge, inTower } from "@tesserae/models";
import type { CollatedBatch, PixelsOf } from "../objective/objective.js";
import { TrainError } from "../train-error.js";
import type { StepParts } from "./step-parts.js";

type Embed = () => tf.Tensor2D;

/**
 * The gradient of a batch whose images and texts are embedded in `accumFreq` parts each, so that only one part's activations are held
 * at a time: loss and gradients are those of the whole batch (GradCache; open_clip's `--accum-freq`), for a second forward pass.
 * A locked tower embeds its parts once.
 *
 * @throws TrainError for an objective that can't be cut into parts
 */
export async function accumulatedGradients(
  { clip, objective, optimizer, accumFreq }: StepParts,
  pixelsOf: PixelsOf,
  batch: CollatedBatch,
  step: number,
): Promise<Gradients> {
  const cut = objective.inParts?.(clip, pixelsOf, batch, accumFreq, step);
  if (cut === undefined) {
    throw new TrainError(
      `accumFreq ${accumFreq}: the objective "${objective.name}" can't be cut into parts; set it to 1`,
    );
  }
  const trained = [...optimizer.variables];
  const isTrained = (tower: "image" | "text") =>
    trained.some(([name]) => inTower(tower)(name) || (tower === "text" && inKnowledge(name)));
  const parts = { image: isTrained("image") ? cut.image : [], text: isTrained("text") ? cut.text : [] };
  const fixed = {
    image: isTrained("image") ? [] : await embedEach(cut.image),
    text: isTrained("text") ? [] : await embedEach(cut.text),
  };
  const ofLoss = trained.filter(([name]) => name === "logit_scale").map(([, variable]) => variable);
  const losses = (await cut.lossBlocks?.()) ?? [cut.loss];
  const gradients = await gradCache({
    parts: [...parts.image, ...parts.text],
    loss: losses.map((loss) => (embeddings) => {
      const given = embeddings as tf.Tensor2D[];
      const image = tf.concat([...fixed.image, ...given.slice(0, parts.image.length)]);
      const texts = tf.concat([...fixed.text, ...given.slice(parts.image.length)]);
      return loss(image, texts, clip.logitScale());
    }),
    variables: trained.map(([, variable]) => variable).filter((variable) => !ofLoss.includes(variable)),
    lossVariables: ofLoss,
  });
  tf.dispose([fixed.image, fixed.text]);
  return { ...gradients, terms: { ...gradients.terms, logitScale: clip.logitScale() } };
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
