import { oneOf } from "../check-config.js";
import { type Clip, clipFromWeights } from "../clip/clip.js";
import { locate, ModelError } from "../model-error.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";
import { readWeights, type Weights } from "../weights/weights.js";
import { type HubOptions, modelFolder } from "./hub-folder.js";
import { fromHuggingFaceConfig, preprocessorConfig, toHuggingFaceConfig } from "./hugging-face-config.js";
import { type FolderFiles, jsonFile, openModelFolder, writeModelFolder } from "./model-folder.js";
import { fromOpenClipConfig, toOpenClipConfig } from "./open-clip-config.js";
import { fromOpenClipWeights, toOpenClipWeights } from "./open-clip-weights.js";
import { readTokenizer, tokenizerFiles } from "./tokenizer-files.js";
import { readWeightFiles, weightFiles } from "./weight-files.js";

/** A model read from a folder. */
export interface LoadedClip {
  readonly clip: Clip;
  readonly tokenizer: Tokenizer;
}

/** How `saveClip` writes a model. */
export interface SaveClipOptions {
  /**
   * "hf", the default: `config.json` and `model.safetensors`, which Python's transformers opens where it has such a model.
   * "open_clip": `open_clip_config.json` and `open_clip_model.safetensors`, opened as `local-dir:<folder>`.
   */
  readonly format?: "hf" | "open_clip";
  /** Most bytes of numbers in one file of the "hf" format before it is cut into shards. Default 5e9, as in transformers. */
  readonly maxShardSize?: number;
}

/**
 * Writes a model's folder: configuration, weights, the tokenizer's files. It appears whole or not at all.
 *
 * @param directory a folder of its own: it is replaced as a whole.
 * @throws ModelError when the folder holds other files, the tokenizer does not belong to the model, open_clip has no such model, or
 *   an option is none of those above.
 */
export async function saveClip(
  clip: Clip,
  tokenizer: Tokenizer,
  directory: string,
  { format = "hf", maxShardSize = 5e9 }: SaveClipOptions = {},
): Promise<void> {
  const { config } = clip;
  oneOf("saveClip: format", format, ["hf", "open_clip"]);
  if (!(maxShardSize > 0))
    throw new ModelError(`saveClip: maxShardSize is ${maxShardSize}; expected more than 0 bytes.`);
  if ("adapters" in clip) {
    throw new ModelError(
      "saveClip: this model has adapters, which no other tool reads; save what mergeLora(clip) gives.",
    );
  }
  if (tokenizer.vocabSize > config.text.vocabSize) {
    throw new ModelError(
      `saveClip: the tokenizer has ${tokenizer.vocabSize} ids, the model only ${config.text.vocabSize}.`,
    );
  }
  const own = async (): Promise<Iterable<[string, Uint8Array | string]>> => {
    if (format === "open_clip") {
      const header = jsonFile(toOpenClipConfig(config, tokenizer));
      const weights = toOpenClipWeights(config, await readWeights(clip));
      return [["open_clip_config.json", header], ...weightFiles(weights, "open_clip_model", Number.POSITIVE_INFINITY)];
    }
    return [
      ["config.json", jsonFile(toHuggingFaceConfig(config, tokenizer))],
      ["preprocessor_config.json", jsonFile(preprocessorConfig(config))],
      ...weightFiles(await readWeights(clip), "model", maxShardSize),
    ];
  };
  const files: FolderFiles = new Map([...(await own()), ...tokenizerFiles(tokenizer)]);
  await writeModelFolder("saveClip", directory, files);
}

/**
 * Reads a model: a folder written by {@link saveClip}, a Hugging Face CLIP folder or an open_clip folder, or the hub's model of
 * that name where there is no such folder. Weights may be in shards; the tokenizer is `tokenizer.json`, or `vocab.json` with
 * `merges.txt`.
 *
 * @param pathOrHubId a folder, or "owner/name".
 * @param options where the hub's files are kept, whether the network may be used, …
 * @throws ModelError naming the file that is missing, cut or does not fit, the tensor with a number that is not finite, or the
 *   tensors that are unknown, missing or misshaped.
 */
export async function loadClip(pathOrHubId: string, options: HubOptions = {}): Promise<LoadedClip> {
  const directory = await locate("loadClip", () => modelFolder(pathOrHubId, options));
  return locate(`loadClip: ${directory}`, () => readClip(directory));
}

async function readClip(directory: string): Promise<LoadedClip> {
  const folder = await openModelFolder(directory);
  const isOpenClip = (await folder.has("open_clip_config.json")) && !(await folder.has("config.json"));
  const config = isOpenClip
    ? fromOpenClipConfig(await folder.json("open_clip_config.json"))
    : fromHuggingFaceConfig(await folder.json("config.json"));
  const tokenizer = await readTokenizer(folder, config.text.contextLength);
  if (tokenizer.vocabSize > config.text.vocabSize) {
    throw new ModelError(
      `the tokenizer has ${tokenizer.vocabSize} ids, but the model only ${config.text.vocabSize}; these files are of two models.`,
    );
  }
  const stored = withoutCounters(await readWeightFiles(folder, isOpenClip ? "open_clip_model" : "model"));
  const weights = isOpenClip ? fromOpenClipWeights(config, stored) : stored;
  return { clip: clipFromWeights(config, weights), tokenizer };
}

/** Tensors that hold no weights: row numbers in older Hugging Face files, PyTorch's count of batches. */
function withoutCounters(weights: Weights): Weights {
  return new Map([...weights].filter(([name]) => !/embeddings\.position_ids$|num_batches_tracked$/.test(name)));
}
