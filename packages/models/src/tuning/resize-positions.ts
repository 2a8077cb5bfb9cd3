import { ModelError } from "../model-error.js";
import type { Weights } from "../weights/weights.js";

const name = "text_model.embeddings.position_embedding.weight";

/**
 * The weights of a CLIP for another text context, such as 248 tokens instead of 77: its text positions interpolated linearly,
 * as open_clip's `resize_text_pos_embed` does (torch's `interpolate`, mode "linear", corners not aligned). Give the model's
 * configuration and its tokenizer the same `contextLength`.
 *
 * @throws ModelError when the weights have no such positions, or the length is no positive whole number.
 */
export function resizeTextPositions(weights: Weights, contextLength: number): Weights {
  const positions = weights.get(name);
  if (positions === undefined) throw new ModelError(`resizeTextPositions: the weights have no ${name}.`);
  if (!Number.isInteger(contextLength) || contextLength < 1) {
    throw new ModelError(
      `resizeTextPositions: contextLength is ${contextLength}; a positive whole number is expected.`,
    );
  }
  const [length, width] = positions.shape as [number, number];
  const data = new Float32Array(contextLength * width);
  for (let row = 0; row < contextLength; row++) {
    const at = Math.max(0, ((row + 0.5) * length) / contextLength - 0.5);
    const before = Math.min(length - 1, Math.floor(at));
    const after = Math.min(length - 1, before + 1);
    const share = at - before;
    for (let i = 0; i < width; i++) {
      data[row * width + i] =
        (1 - share) * positions.data[before * width + i]! + share * positions.data[after * width + i]!;
    }
  }
  return new Map(weights).set(name, { shape: [contextLength, width], data });
}
