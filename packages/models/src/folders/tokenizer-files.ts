import { ModelError } from "../model-error.js";
import { wordEnd } from "../tokenizers/byte-pair.js";
import { loadTokenizer } from "../tokenizers/load-tokenizer.js";
import type { Tokenizer, TokenizerJson } from "../tokenizers/tokenizer.js";
import { endToken, startToken } from "../tokenizers/tokenizer-parts.js";
import { wordPieceTokenizer } from "../tokenizers/word-piece.js";
import { type FolderReader, jsonFile } from "./model-folder.js";

/** Where a knowledge encoder's tokenizer is kept, when it is another one than the texts'. */
export const phraseTokenizerFile = "phrase_tokenizer.json";

/**
 * The files of a tokenizer that Python's transformers, open_clip and transformers.js look for; of layouts other than CLIP's,
 * `tokenizer.json` alone says everything.
 */
export function tokenizerFiles(tokenizer: Tokenizer): [string, string][] {
  const json = tokenizer.toJSON();
  const length = { model_max_length: tokenizer.contextLength };
  const { vocab, merges = [], end_of_word_suffix: suffix } = json.model;
  if (suffix !== wordEnd) {
    return [
      ["tokenizer.json", jsonFile(json)],
      ["tokenizer_config.json", jsonFile({ tokenizer_class: "PreTrainedTokenizerFast", ...length })],
    ];
  }
  const special = { bos_token: startToken, eos_token: endToken, pad_token: endToken, unk_token: endToken };
  const pairs = merges.map((merge) => (typeof merge === "string" ? merge : merge.join(" ")));
  return [
    ["tokenizer.json", jsonFile(json)],
    ["vocab.json", jsonFile(vocab)],
    ["merges.txt", `#version: 0.2\n${pairs.map((pair) => `${pair}\n`).join("")}`],
    ["special_tokens_map.json", jsonFile(special)],
    [
      "tokenizer_config.json",
      jsonFile({
        tokenizer_class: "CLIPTokenizer",
        ...special,
        ...length,
        add_prefix_space: false,
        do_lower_case: true,
        errors: "replace",
      }),
    ],
  ];
}

/**
 * Reads `tokenizer.json`; where there is none, `vocab.json` with `merges.txt` (CLIP), or `vocab.txt` (BERT).
 *
 * @param contextLength of the model, which texts are cut to. What a `tokenizer.json` says of cutting is how it was saved, not what
 *   the model takes: Python's transformers does not heed it either.
 */
export async function readTokenizer(folder: FolderReader, contextLength: number): Promise<Tokenizer> {
  if (await folder.has("tokenizer.json")) return loadTokenizer(await folder.json("tokenizer.json"), { contextLength });
  if (await folder.has("vocab.json")) return loadTokenizer(await fromVocabulary(folder), { contextLength });
  if (!(await folder.has("vocab.txt"))) return loadTokenizer(await folder.json("tokenizer.json"), { contextLength });
  const config = (await folder.has("tokenizer_config.json")) ? await folder.json("tokenizer_config.json") : {};
  const { do_lower_case: lowercase = true } = (config ?? {}) as { do_lower_case?: boolean };
  return wordPieceTokenizer(await text(folder, "vocab.txt"), { lowercase, contextLength });
}

async function fromVocabulary(folder: FolderReader): Promise<TokenizerJson> {
  const vocab = (await folder.json("vocab.json")) as TokenizerJson["model"]["vocab"] | null;
  const lines = (await text(folder, "merges.txt")).split(/\r?\n/);
  const merges = lines.filter((line) => line !== "" && !line.startsWith("#version"));
  if (typeof vocab !== "object" || vocab === null) throw new ModelError("vocab.json is no object of ids by token.");
  return { version: "1.0", truncation: null, model: { type: "BPE", end_of_word_suffix: wordEnd, vocab, merges } };
}

async function text(folder: FolderReader, name: string): Promise<string> {
  return new TextDecoder().decode(await folder.bytes(name));
}
