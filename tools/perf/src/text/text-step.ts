import * as tf from "@tensorflow/tfjs-core";
import { type Clip, encodeTexts, type PrefixBatch, type TokenBatch } from "@tesserae/models";

/** Forward and backward of a text tower on one batch. */
export interface TextStep {
  run(): Promise<void>;
  /**
   * What `run` computes: the embeddings, then the gradient of each variable.
   * @param chosen texts whose embeddings are read and enter the gradient. Default: all.
   */
  read(chosen?: readonly number[]): Promise<readonly Float32Array[]>;
}

/**
 * The step on texts that are packed in one or several parts, whose gradients are added up. The gradient is that of the sum of
 * embeddings times fixed numbers, another for each text and feature.
 */
export function createTextStep(clip: Clip, parts: readonly (TokenBatch | PrefixBatch)[]): TextStep {
  const variables = [...clip.variables].filter(([name]) => name.startsWith("text")).map(([, variable]) => variable);
  const width = clip.config.embedDim;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const everyText = Array.from({ length: count }, (_, text) => text);

  const compute = async (chosen: readonly number[]): Promise<{ embedded: tf.Tensor2D[]; sums: tf.Tensor[] }> => {
    const directions = directionsOf(chosen, count, width);
    const embedded: tf.Tensor2D[] = [];
    let sums: tf.Tensor[] = [];
    let first = 0;
    for (const part of parts) {
      const before = sums;
      const own = directions.subarray(first * width, (first + part.count) * width);
      sums = tf.tidy(() => {
        const { grads } = tf.variableGrads(() => {
          const rows = encodeTexts(clip, part);
          embedded.push(tf.keep(rows));
          return tf.sum(tf.mul(rows, tf.tensor2d(own, [part.count, width]))) as tf.Scalar;
        }, variables);
        return variables.map(({ name }, i) => (before[i] ? tf.add(before[i], grads[name]!) : grads[name]!));
      });
      tf.dispose(before);
      first += part.count;
      await embedded.at(-1)!.data(); // computes all that is held, the gradients too
    }
    return { embedded, sums };
  };

  return {
    run: async () => {
      const { embedded, sums } = await compute(everyText);
      tf.dispose([embedded, sums]);
    },
    read: async (chosen = everyText) => {
      const { embedded, sums } = await compute(chosen);
      const rows = await Promise.all(embedded.map((tensor) => tensor.data<"float32">()));
      const all = Float32Array.from(rows.flatMap((values) => [...values]));
      const read = chosen.flatMap((text) => [...all.subarray(text * width, (text + 1) * width)]);
      const gradients = await Promise.all(sums.map((tensor) => tensor.data<"float32">()));
      const copies = gradients.map((values) => Float32Array.from(values));
      tf.dispose([embedded, sums]);
      return [Float32Array.from(read), ...copies];
    },
  };
}

/** Of the embeddings; and of the gradients, relative to the largest number of each where that is above 1. */
export function largestDifference(
  expected: readonly Float32Array[],
  found: readonly Float32Array[],
): { readonly embeddings: number; readonly gradients: number } {
  const differences = expected.map((values, index) => {
    const other = found[index]!;
    let largest = 0;
    let size = 0;
    values.forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value - other[i]!));
      size = Math.max(size, Math.abs(value));
    });
    return { largest, relative: largest / Math.max(1, size) };
  });
  const [embeddings, ...gradients] = differences;
  return { embeddings: embeddings!.largest, gradients: Math.max(...gradients.map(({ relative }) => relative)) };
}

/** Numbers in [-1, 1] for each feature of the chosen texts, the n-th alike whichever text it is; 0 for the others. */
function directionsOf(chosen: readonly number[], count: number, width: number): Float32Array {
  const values = new Float32Array(count * width);
  for (const [rank, text] of chosen.entries()) {
    for (let i = 0; i < width; i++) values[text * width + i] = Math.sin(0.7 * (rank * width + i) ** 1.1);
  }
  return values;
}
