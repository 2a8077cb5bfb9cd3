import { resolve } from "node:path";
import type { Tokenizer } from "@tesserae/models";
import type { BatchSource } from "../loop/batch-source.js";
import type { TextPacking } from "../objective/text-packing.js";
import type { StoredTokenizer } from "../threads/batch-messages.js";
import { createBatchThreads } from "../threads/batch-threads.js";
import type { StepContext } from "./step.js";
import type { TrainingSetup } from "./training-setup.js";

/** Something that may have to be closed. */
export type Closable<T> = T & { close?(): Promise<void> };

/** Bytes of resized images that all threads together keep. */
const cacheBytes = 2 ** 30;

/** A training's batches, made ahead by the threads that the run asks for; without any, or without a recipe to load again, as they come. */
export function threadedSource(
  source: BatchSource,
  training: {
    readonly context: StepContext;
    /** Name of the step. */
    readonly name: string;
    readonly setup: TrainingSetup;
    readonly packing: TextPacking;
    readonly steps: number;
  },
): Closable<BatchSource> {
  const { context, name, setup, packing, steps } = training;
  const { workers: threads = 0, request, artefacts, run } = context;
  if (threads === 0 || request === undefined) return source;
  const { tokenizer, phraseTokenizer = tokenizer, vocabulary, clip, images, reports, stopwatch } = setup;
  return createBatchThreads({
    source,
    threads,
    setup: {
      request,
      step: name,
      steps,
      artefacts,
      run: resolve(run),
      vocabulary,
      tokenizer: stored(tokenizer),
      phraseTokenizer: stored(phraseTokenizer),
      packing,
      imageSize: clip.config.vision.imageSize,
      cacheBytes: Math.floor(cacheBytes / threads),
    },
    listener: { unreadable: images.markUnreadable, report: reports.add, seconds: stopwatch.add },
  });
}

const stored = (tokenizer: Tokenizer): StoredTokenizer => ({
  json: tokenizer.toJSON(),
  contextLength: tokenizer.contextLength,
});
