import type { Clip } from "../clip/clip.js";
import { oneOf } from "../config/check-argument.js";
import { preprocessorConfig, toHuggingFaceConfig } from "../formats/hugging-face-config.js";
import { toOpenClipConfig } from "../formats/open-clip-config.js";
import { toOpenClipWeights } from "../formats/open-clip-weights.js";
import { ModelError } from "../model-error.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";
import { readWeights } from "../weights/weights.js";
import { type FolderFiles, jsonFile, writeModelFolder } from "./model-folder.js";
import { phraseTokenizerFile, tokenizerFiles } from "./tokenizer-files.js";
import { weightFiles } from "./weight-files.js";

/** How `saveClip` writes a model. */
export interface SaveClipOptions {
  /**
   * "hf", the default: `config.json` and `model.safetensors`, which Python's transformers opens where it has such a model.
   * "open_clip": `open_clip_config.json` and `open_clip_model.safetensors`, opened as `local-dir:<folder>`.
   */
  readonly format?: "hf" | "open_clip";
  /** Most bytes of numbers in one file of the "hf" format before it is cut into shards. Default 5e9, as in transformers. */
  readonly maxShardSize?: number;
  /** Of a model with a knowledge encoder: what tokenises its phrases. Default: the texts' tokenizer. */
  readonly phraseTokenizer?: Tokenizer;
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
  { format = "hf", maxShardSize = 5e9, phraseTokenizer }: SaveClipOptions = {},
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
  checkVocabulary("tokenizer", tokenizer, config.text.vocabSize);
  if (phraseTokenizer) checkVocabulary("phraseTokenizer", phraseTokenizer, config.knowledge?.vocabSize ?? 0);
  const own = async (): Promise<Iterable<[string, Uint8Array | string]>> => {
    if (format === "open_clip") {
      const header = jsonFile(toOpenClipConfig(clip, tokenizer));
      const weights = toOpenClipWeights(clip, await readWeights(clip));
      return [["open_clip_config.json", header], ...weightFiles(weights, "open_clip_model", Number.POSITIVE_INFINITY)];
    }
    return [
      ["config.json", jsonFile(toHuggingFaceConfig(clip, tokenizer))],
      ["preprocessor_config.json", jsonFile(preprocessorConfig(config))],
      ...weightFiles(await readWeights(clip), "model", maxShardSize),
    ];
  };
  const phrases: [string, string][] = phraseTokenizer
    ? [[phraseTokenizerFile, jsonFile(phraseTokenizer.toJSON())]]
    : [];
  const files: FolderFiles = new Map([...(await own()), ...tokenizerFiles(tokenizer), ...phrases]);
  await writeModelFolder("saveClip", directory, files);
}

function checkVocabulary(name: string, { vocabSize }: Tokenizer, rows: number): void {
  if (vocabSize > rows) throw new ModelError(`saveClip: the ${name} has ${vocabSize} ids, the model only ${rows}.`);
}
