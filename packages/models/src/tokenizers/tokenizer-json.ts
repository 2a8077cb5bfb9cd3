import { ModelError } from "../model-error.js";
import { byteCharacters, wordEnd } from "./byte-pair.js";
import type { TokenizerJson } from "./tokenizer.js";
import { endToken, startToken, type TokenizerParts } from "./tokenizer-parts.js";

/** The content of a `tokenizer.json` with the pipeline of CLIP's fast tokenizer. */
export function tokenizerJson({ tokens, merges, contextLength, added }: TokenizerParts): TokenizerJson {
  const special = (content: string) => ({
    id: tokens.indexOf(content),
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: content === startToken,
    special: true,
  });
  const pattern = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";
  const json = {
    version: "1.0",
    truncation: { direction: "Right", max_length: contextLength, strategy: "LongestFirst", stride: 0 },
    padding: null,
    added_tokens: added ?? [special(startToken), special(endToken)],
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "NFC" },
        { type: "Replace", pattern: { Regex: "\\s+" }, content: " " },
        { type: "Lowercase" },
      ],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: pattern }, behavior: "Removed", invert: true },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: true },
      ],
    },
    post_processor: {
      type: "RobertaProcessing",
      sep: [endToken, tokens.indexOf(endToken)],
      cls: [startToken, tokens.indexOf(startToken)],
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: endToken,
      continuing_subword_prefix: "",
      end_of_word_suffix: wordEnd,
      fuse_unk: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: merges.map(([left, right]) => `${left} ${right}`),
    },
  };
  return json;
}

/**
 * Checks the content of a `tokenizer.json` in CLIP's layout and takes it apart.
 *
 * @throws ModelError saying which field is not as in CLIP's tokenizers.
 */
export function parseTokenizerJson({
  model,
  added_tokens: added,
}: TokenizerJson): Omit<TokenizerParts, "contextLength"> {
  const vocab = Object.entries(model.vocab as Readonly<Record<string, number>>);
  const tokens: string[] = [];
  for (const [token, id] of vocab) tokens[id] = token;
  if (tokens.length !== vocab.length || Object.keys(tokens).length !== vocab.length) {
    throw new ModelError(`tokenizer.json: the ids of model.vocab are not 0 to ${vocab.length - 1}, each used once.`);
  }
  const known = new Set(tokens);
  const needed = [startToken, endToken, ...byteCharacters, ...byteCharacters.map((byte) => byte + wordEnd)];
  const missing = needed.filter((token) => !known.has(token));
  if (missing.length > 0) {
    throw new ModelError(`tokenizer.json: model.vocab lacks ${missing.length} tokens, the first is "${missing[0]}".`);
  }
  const merges = (model.merges ?? []).map((merge, line) => readMerge(merge, line, known));
  const whole = (added ?? []).map(({ content }) => content);
  const made = new Set([...needed, ...whole, ...merges.map(([left, right]) => left + right)]);
  const unmade = tokens.filter((token) => !made.has(token) && !/^<\|.*\|>$/.test(token));
  if (unmade.length > 0) {
    throw new ModelError(
      `tokenizer.json: the vocabulary has ${unmade.length} tokens that no merge makes, the first is "${unmade[0]}"; its merges (merges.txt) are cut, or another tokenizer's.`,
    );
  }
  return { tokens, merges, ...(added && { added }) };
}

function readMerge(merge: string | readonly string[], line: number, known: ReadonlySet<string>): [string, string] {
  const [left, right, ...rest] = typeof merge === "string" ? merge.split(" ") : merge;
  if (left === undefined || right === undefined || rest.length > 0 || !known.has(left + right)) {
    throw new ModelError(
      `tokenizer.json: model.merges[${line}] is ${JSON.stringify(merge)}, no pair of the vocabulary.`,
    );
  }
  return [left, right];
}
