import { Tokenizer as LibraryTokenizer } from "@huggingface/tokenizers";
import { ModelError } from "../model-error.js";
import type { Tokenizer, TokenizerJson } from "./tokenizer.js";

/**
 * A tokenizer of another layout than CLIP's, such as BERT's (WordPiece) or Gemma's, by `@huggingface/tokenizers`.
 *
 * @param json the parsed `tokenizer.json`.
 * @param contextLength longest sequence; what is cut from a longer text is its end, the special tokens stay.
 * @throws ModelError when it is no tokenizer that the library reads.
 */
export function huggingFaceTokenizer(json: TokenizerJson, contextLength: number): Tokenizer {
  const library = open(json);
  const special = library.encode("").ids;
  // What stands before every text; the rest of the special tokens stands after it.
  const before = commonLength(special, library.encode("a").ids);
  const after = special.slice(before);
  if (contextLength <= special.length) {
    throw new ModelError(
      `A tokenizer's contextLength is ${contextLength}; at least ${special.length + 1} are needed: ${special.length} special tokens and one of the text.`,
    );
  }
  const ids = vocabularyIds(json);
  const idOf = (...names: string[]) => names.flatMap((name) => ids.get(name) ?? [])[0];
  const startId = special[0] ?? idOf("<bos>", "<s>", "[CLS]") ?? 0;
  const endId = after.at(-1) ?? idOf("<eos>", "</s>", "[SEP]") ?? startId;
  return {
    encode: (text) => {
      const found = library.encode(text).ids;
      if (found.length <= contextLength) return Int32Array.from(found);
      return Int32Array.from([...found.slice(0, contextLength - after.length), ...after]);
    },
    decode: (sequence) =>
      sequence.length === 0
        ? ""
        : library
            .decode(Array.from(sequence), { skip_special_tokens: true, clean_up_tokenization_spaces: false })
            .trim(),
    vocabSize: Math.max(...ids.values()) + 1,
    startId,
    endId,
    padId: idOf("[PAD]", "<pad>") ?? endId,
    contextLength,
    toJSON: () => json,
  };
}

function open(json: TokenizerJson): LibraryTokenizer {
  try {
    // Texts are cut here, to the model's context; what a file says of cutting and padding is about how it was saved.
    return new LibraryTokenizer({ ...json, truncation: null, padding: null }, {});
  } catch (cause) {
    throw new ModelError(`tokenizer.json cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** Ids by token, added ones included. */
function vocabularyIds({ model, added_tokens: added = [] }: TokenizerJson): ReadonlyMap<string, number> {
  const own: [string, number][] = Array.isArray(model.vocab)
    ? model.vocab.map(([token], id) => [token, id])
    : Object.entries(model.vocab as Record<string, number>);
  return new Map([...own, ...added.map(({ content, id }): [string, number] => [content, id])]);
}

function commonLength(a: readonly number[], b: readonly number[]): number {
  const first = a.findIndex((id, at) => id !== b[at]);
  return first < 0 ? a.length : first;
}
