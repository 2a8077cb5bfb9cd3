import type { TokenizerJson } from "@tesserae/models";
import type { MiningReport, Vocabulary } from "@tesserae/negatives";
import type { Batch } from "../loop/batch-source.js";
import type { StepSeconds } from "../loop/stopwatch.js";
import type { TextPacking } from "../objective/text-packing.js";
import type { RecipeRequest } from "../recipe/recipe-request.js";
import type { Artefacts } from "../steps/step.js";

/** A tokenizer as data. */
export interface StoredTokenizer {
  readonly json: TokenizerJson;
  readonly contextLength: number;
}

/** What a thread that makes batches is started with: what the training is, and what the main thread has made of it already. */
export interface BatchThreadSetup {
  readonly request: RecipeRequest;
  /** Name of the step that trains. */
  readonly step: string;
  /** Steps of the whole training. */
  readonly steps: number;
  readonly artefacts: Artefacts;
  /** Folder of the run. */
  readonly run: string;
  readonly vocabulary: Vocabulary;
  readonly tokenizer: StoredTokenizer;
  readonly phraseTokenizer: StoredTokenizer;
  readonly packing: TextPacking;
  readonly imageSize: number;
  /** Bytes of images that the thread may keep. */
  readonly cacheBytes: number;
}

/** Which batch is asked for; without a step the thread only opens the data. */
export interface BatchMessage {
  readonly step?: number;
}

/** A batch with what making it told. */
export interface MadeBatch {
  readonly batch: Batch;
  /** Images found unreadable so far, with why. */
  readonly unreadable: readonly (readonly [path: string, why: string])[];
  readonly reports: readonly MiningReport[];
  readonly seconds: StepSeconds;
}

/** What a thread answers; an error crosses by its parts, since only some kinds of errors can be sent. */
export type BatchAnswer =
  | { readonly made: MadeBatch }
  | { readonly opened: true }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack: string | undefined } };
