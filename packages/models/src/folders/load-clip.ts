import { type Clip, clipFromWeights } from "../clip/clip.js";
import type { TowerOptions } from "../clip/clip-config.js";
import { fromHuggingFaceConfig } from "../formats/hugging-face-config.js";
import { fromOpenClipConfig } from "../formats/open-clip-config.js";
import { fromOpenClipWeights } from "../formats/open-clip-weights.js";
import { locate, ModelError } from "../model-error.js";
import { loadTokenizer } from "../tokenizers/load-tokenizer.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";
import type { Weights } from "../weights/weights.js";
import { type HubOptions, modelFolder } from "./hub-folder.js";
import { openModelFolder } from "./model-folder.js";
import { phraseTokenizerFile, readTokenizer } from "./tokenizer-files.js";
import { readWeightFiles } from "./weight-files.js";

/** A model read from a folder. */
export interface LoadedClip {
  readonly clip: Clip;
  readonly tokenizer: Tokenizer;
  /** What tokenises the phrases of a knowledge encoder, when it is another one than the texts'. */
  readonly phraseTokenizer?: Tokenizer;
}

/** How a model is found and read. */
export interface LoadClipOptions extends HubOptions, TowerOptions {}

/**
 * Reads a model: a folder written by `saveClip`, a Hugging Face CLIP folder or an open_clip folder, or the hub's model of
 * that name where there is no such folder. Weights may be in shards, in safetensors or as `torch.save` writes them; the tokenizer
 * is `tokenizer.json`, `vocab.json` with `merges.txt`, or `vocab.txt`.
 *
 * @param pathOrHubId a folder, or "owner/name".
 * @param options where the hub's files are kept, whether the network may be used, …; and `towers` besides the built-in ones.
 * @throws ModelError naming the file that is missing, cut or does not fit, the tensor with a number that is not finite, or the
 *   tensors that are unknown, missing or misshaped.
 */
export async function loadClip(pathOrHubId: string, options: LoadClipOptions = {}): Promise<LoadedClip> {
  const directory = await locate("loadClip", () => modelFolder(pathOrHubId, options));
  return locate(`loadClip: ${directory}`, () => readClip(directory, options));
}

async function readClip(directory: string, options: TowerOptions): Promise<LoadedClip> {
  const folder = openModelFolder(directory);
  const isOpenClip = (await folder.has("open_clip_config.json")) && !(await folder.has("config.json"));
  const described = isOpenClip
    ? fromOpenClipConfig(await folder.json("open_clip_config.json"), options)
    : fromHuggingFaceConfig(await folder.json("config.json"), options);
  const { config, towers } = described;
  const tokenizer = await readTokenizer(folder, config.text.contextLength);
  if (tokenizer.vocabSize > config.text.vocabSize) {
    throw new ModelError(
      `the tokenizer has ${tokenizer.vocabSize} ids, but the model only ${config.text.vocabSize}; these files are of two models.`,
    );
  }
  const hasPhrases = await folder.has(phraseTokenizerFile);
  const stored = withoutCounters(await readWeightFiles(folder, isOpenClip ? "open_clip_model" : "model"));
  const weights = isOpenClip ? fromOpenClipWeights(described, stored) : stored;
  return {
    clip: clipFromWeights({ ...config, vision: towers.image, text: towers.text }, weights),
    tokenizer,
    ...(hasPhrases && { phraseTokenizer: loadTokenizer(await folder.json(phraseTokenizerFile)) }),
  };
}

/** Tensors that hold no weights: row numbers in older Hugging Face files, PyTorch's count of batches. */
function withoutCounters(weights: Weights): Weights {
  return new Map([...weights].filter(([name]) => !/embeddings\.position_ids$|num_batches_tracked$/.test(name)));
}
