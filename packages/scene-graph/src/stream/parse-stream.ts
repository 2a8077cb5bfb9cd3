import type { SceneGraph } from "../graph/scene-graph.js";
import { parse } from "../parser.js";

export interface ParseStreamOptions {
  /** Worker threads; 0 (default) parses in the calling thread and needs no Node. */
  readonly workers?: number;
  /** Captions sent to a worker at once. Default 256. */
  readonly batchSize?: number;
}

/**
 * Parses captions as they come, in order. At most two batches a worker are under way: a slow reader stops the reading of captions, so memory does
 * not grow with the stream. Workers end when the stream ends, fails or is left.
 * @throws RangeError if `workers` or `batchSize` is not a whole number in range; and what the input throws
 */
export async function* parseStream(
  captions: AsyncIterable<string> | Iterable<string>,
  options: ParseStreamOptions = {},
): AsyncIterable<SceneGraph> {
  const { workers = 0, batchSize = 256 } = options;
  if (!Number.isInteger(workers) || workers < 0)
    throw new RangeError(`parseStream: workers is ${workers}; expected a whole number from 0.`);
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new RangeError(`parseStream: batchSize is ${batchSize}; expected a whole number from 1.`);
  if (workers === 0) {
    for await (const caption of captions) yield parse(caption);
    return;
  }
  const { createWorkerPool } = await import("./worker-pool.js");
  const pool = await createWorkerPool(workers);
  const pending: Promise<readonly SceneGraph[]>[] = [];
  try {
    for await (const batch of batches(captions, batchSize)) {
      const answer = pool.parse(batch);
      // The error is seen when its turn comes; until then it must not count as unhandled.
      answer.catch(() => undefined);
      pending.push(answer);
      if (pending.length >= 2 * workers) yield* await pending.shift()!;
    }
    for (const answer of pending) yield* await answer;
  } finally {
    await pool.close();
  }
}

async function* batches(
  captions: AsyncIterable<string> | Iterable<string>,
  size: number,
): AsyncIterable<readonly string[]> {
  let batch: string[] = [];
  for await (const caption of captions) {
    batch.push(caption);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
