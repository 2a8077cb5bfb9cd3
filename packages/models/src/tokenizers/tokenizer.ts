/** The content of a `tokenizer.json`, Hugging Face's form of a tokenizer. */
export interface TokenizerJson {
  readonly version: string;
  readonly truncation?: { readonly max_length: number } | null;
  readonly model: {
    /** "BPE", "WordPiece", "Unigram", … */
    readonly type: string;
    /** Of CLIP's layout. */
    readonly end_of_word_suffix?: string | null;
    /** Ids by token; of a "Unigram", [token, score] in the order of the ids. */
    readonly vocab: Readonly<Record<string, number>> | readonly (readonly [string, number])[];
    /** "left right", or [left, right] in files of newer versions. */
    readonly merges?: readonly (string | readonly string[])[];
  };
  readonly added_tokens?: readonly AddedTokenJson[];
}

/** A token that stands in texts as a whole. */
export interface AddedTokenJson {
  readonly id: number;
  readonly content: string;
  /** Only where no letter or digit stands beside it. */
  readonly single_word?: boolean;
  /** White space before it belongs to it. */
  readonly lstrip?: boolean;
  /** White space after it belongs to it. */
  readonly rstrip?: boolean;
  /** Looked for in the cleaned text, not in the text as it is. */
  readonly normalized?: boolean;
  readonly special?: boolean;
}

/** Turns text into token ids. */
export interface Tokenizer {
  /** Ids of start, words and end; a longer text is cut and still ends as the tokenizer ends its texts. Not padded. */
  encode(text: string): Int32Array;
  /** The text of ids; start, end and padding are left out. */
  decode(ids: ArrayLike<number>): string;
  /** Number of ids, start and end included. */
  readonly vocabSize: number;
  /** What every text begins with. */
  readonly startId: number;
  /** What every text ends with; where texts have no such token (Gemma), the one that ends generated texts. */
  readonly endId: number;
  /** What texts are padded with; CLIP pads with its end token. */
  readonly padId: number;
  /** Longest sequence that `encode` returns. */
  readonly contextLength: number;
  /** The form of Hugging Face's `tokenizer.json`. */
  toJSON(): TokenizerJson;
}
