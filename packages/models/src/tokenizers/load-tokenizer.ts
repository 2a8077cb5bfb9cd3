import { ModelError } from "../model-error.js";
import { wordEnd } from "./byte-pair.js";
import type { TextCleaning } from "./clean-text.js";
import { clipTokenizer } from "./clip-tokenizer.js";
import { huggingFaceTokenizer } from "./hugging-face-tokenizer.js";
import type { Tokenizer, TokenizerJson } from "./tokenizer.js";
import { parseTokenizerJson } from "./tokenizer-json.js";

/** How the texts of a tokenizer that was trained elsewhere are prepared. */
export interface LoadTokenizerOptions {
  /** Longest sequence, start and end included. Default: that of the file, else 77 for CLIP's layout and 512 for others. */
  readonly contextLength?: number;
  /**
   * Of CLIP's layout; default "hugging-face". Use "open_clip" for models that open_clip or OpenAI's code trained and that are to
   * give its numbers; for one that `loadClip` read: `loadTokenizer(loaded.tokenizer.toJSON(), { cleaning: "open_clip" })`.
   */
  readonly cleaning?: TextCleaning;
}

/**
 * A tokenizer from the content of a `tokenizer.json`: CLIP's layout by this package, which is exact for it; BERT's, Gemma's and
 * others by `@huggingface/tokenizers`.
 *
 * @param json the parsed file.
 * @throws ModelError when it is no tokenizer, or of CLIP's layout without its bytes, start or end.
 */
export function loadTokenizer(json: unknown, { contextLength, cleaning }: LoadTokenizerOptions = {}): Tokenizer {
  const { model, truncation } = (json ?? {}) as Partial<TokenizerJson>;
  if (model?.type === undefined || model.vocab === undefined) {
    throw new ModelError(
      `tokenizer.json: a model with its type and vocab is expected, as Hugging Face writes it; found ${JSON.stringify(model)?.slice(0, 80)}.`,
    );
  }
  const length = contextLength ?? truncation?.max_length;
  if (model.type === "BPE" && model.end_of_word_suffix === wordEnd) {
    return clipTokenizer({ ...parseTokenizerJson(json as TokenizerJson), contextLength: length ?? 77 }, cleaning);
  }
  if (cleaning !== undefined) {
    throw new ModelError(`loadTokenizer: cleaning is for CLIP's layout; this one is a "${model.type}".`);
  }
  return huggingFaceTokenizer(json as TokenizerJson, length ?? 512);
}
