import { ModelError } from "../model-error.js";
import { huggingFaceTokenizer } from "./hugging-face-tokenizer.js";
import type { Tokenizer } from "./tokenizer.js";

/** How a BERT's texts are prepared. */
export interface WordPieceOptions {
  /** Whether texts are brought to lower case and lose their accents, as in the "uncased" models. Default true. */
  readonly lowercase?: boolean;
  /** Longest sequence, [CLS] and [SEP] included. Default 512. */
  readonly contextLength?: number;
}

const specialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

/**
 * BERT's WordPiece tokenizer from its `vocab.txt`, one token a line: for a BERT tower, and for Structure-CLIP's knowledge encoder.
 *
 * @throws ModelError when the vocabulary lacks BERT's special tokens.
 */
export function wordPieceTokenizer(
  vocabulary: string,
  { lowercase = true, contextLength = 512 }: WordPieceOptions = {},
): Tokenizer {
  const tokens = vocabulary.replace(/\r?\n$/, "").split(/\r?\n/);
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  const missing = specialTokens.find((token) => vocab[token] === undefined);
  if (missing !== undefined)
    throw new ModelError(`vocab.txt lacks ${missing}; BERT's vocabulary has one token a line.`);
  const special = (content: string) => ({
    id: vocab[content]!,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  const end = (content: string) => ({ id: content, ids: [vocab[content]!], tokens: [content] });
  const json = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map(special),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [
        { SpecialToken: { id: "[CLS]", type_id: 0 } },
        { Sequence: { id: "A", type_id: 0 } },
        { SpecialToken: { id: "[SEP]", type_id: 0 } },
      ],
      pair: [],
      special_tokens: { "[CLS]": end("[CLS]"), "[SEP]": end("[SEP]") },
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab,
    },
  };
  return huggingFaceTokenizer(json, contextLength);
}
