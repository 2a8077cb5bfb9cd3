import { ModelError } from "../model-error.js";
import { loadTokenizer, type Tokenizer } from "../tokenizers/tokenizer.js";
import type { TokenizerJson } from "../tokenizers/tokenizer-json.js";
import { endToken, startToken } from "../tokenizers/tokenizer-parts.js";
import { type FolderReader, jsonFile } from "./model-folder.js";

/** Where a knowledge encoder's tokenizer is kept, when it is another one than the texts'. */
export const phraseTokenizerFile = "phrase_tokenizer.json";

/** The files of a CLIP tokenizer that Python's transformers, open_clip and transformers.js look for. */
export function tokenizerFiles(tokenizer: Tokenizer): [string, string][] {
  const json = tokenizer.toJSON();
  const { vocab, merges } = json.model;
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
        model_max_length: tokenizer.contextLength,
        add_prefix_space: false,
        do_lower_case: true,
        errors: "replace",
      }),
    ],
  ];
}

/**
 * Reads `tokenizer.json`, or `vocab.json` and `merges.txt` where there is none.
 *
 * @param contextLength of the model; used where the files set no length to cut at.
 */
export async function readTokenizer(folder: FolderReader, contextLength: number): Promise<Tokenizer> {
  const slow = !(await folder.has("tokenizer.json")) && (await folder.has("vocab.json"));
  const json = slow ? await fromVocabulary(folder) : ((await folder.json("tokenizer.json")) as TokenizerJson);
  const truncation = json?.truncation ?? { max_length: contextLength };
  return loadTokenizer({ ...json, truncation });
}

async function fromVocabulary(folder: FolderReader): Promise<TokenizerJson> {
  const vocab = (await folder.json("vocab.json")) as TokenizerJson["model"]["vocab"];
  const text = new TextDecoder().decode(await folder.bytes("merges.txt"));
  const merges = text.split("\n").filter((line) => line !== "" && !line.startsWith("#version"));
  if (typeof vocab !== "object" || vocab === null) {
    throw new ModelError("vocab.json is no object of ids by token.");
  }
  return { version: "1.0", truncation: null, model: { type: "BPE", end_of_word_suffix: "</w>", vocab, merges } };
}
