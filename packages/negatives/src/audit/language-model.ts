/** A model of texts that never sees an image. Higher is likelier. */
export interface LanguageModel {
  /** Mean log probability of the words by their frequency alone. */
  unigram(text: string, held?: string): number;
  /** Mean log probability of the words and the end, each after the words before it. */
  ngram(text: string, held?: string): number;
}

/** Lower-case words without punctuation. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** How much the shorter history weighs against what was counted. */
const pseudoCount = 2;
const boundary = "</s>";

/**
 * Counts the words of a corpus and what follows what, up to `order` words (default 3). Each order is smoothed with the next lower, words with a uniform
 * distribution. Where a text is scored with `held`, that text is taken out of the counts first, as often as the corpus has it: so a model
 * trained on the captions does not know the very caption that it is to judge.
 */
export function trainLanguageModel(corpus: Iterable<string>, order = 3): LanguageModel {
  const counts = new Map<string, number>();
  const times = new Map<string, number>();
  let tokens = 0;
  const keyOf = (text: string) => wordsOf(text).join(" ");
  for (const text of corpus) {
    const key = keyOf(text);
    times.set(key, (times.get(key) ?? 0) + 1);
    tokens += addNgrams(counts, key.split(" "), order, 1);
  }
  const vocabulary = [...counts.keys()].reduce((sum, ngram) => sum + (ngram.includes(" ") ? 0 : 1), 0) + 1;

  const scorer = (held: string | undefined, orderUsed: number) => {
    const own = new Map<string, number>();
    const key = held === undefined ? undefined : keyOf(held);
    const repeats = key === undefined ? 0 : (times.get(key) ?? 0);
    const without = repeats > 0 ? tokens - addNgrams(own, key!.split(" "), order, repeats) : tokens;
    const count = (ngram: string) => (counts.get(ngram) ?? 0) - (own.get(ngram) ?? 0);
    const probability = (history: readonly string[], word: string): number => {
      if (history.length === 0) return (count(word) + 1) / (without + vocabulary);
      const context = history.join(" ");
      const shorter = probability(history.slice(1), word);
      return (count(`${context} ${word}`) + pseudoCount * shorter) / (count(`${context} *`) + pseudoCount);
    };
    return (words: readonly string[]) => {
      const history = Math.max(0, orderUsed - 1);
      const padded = [...new Array<string>(history).fill(boundary), ...words, ...(history > 0 ? [boundary] : [])];
      let sum = 0;
      for (let i = history; i < padded.length; i++)
        sum += Math.log(probability(padded.slice(i - history, i), padded[i]!));
      return sum / Math.max(1, padded.length - history);
    };
  };
  return {
    unigram: (text, held) => scorer(held, 1)(wordsOf(text)),
    ngram: (text, held) => scorer(held, order)(wordsOf(text)),
  };
}

/** Adds all n-grams of 1 to `order` words, and for each history its own count ("… *"). @returns number of words added */
function addNgrams(counts: Map<string, number>, words: readonly string[], order: number, by: number): number {
  const add = (ngram: string) => counts.set(ngram, (counts.get(ngram) ?? 0) + by);
  const padded = [...new Array<string>(order - 1).fill(boundary), ...words, boundary];
  for (let i = order - 1; i < padded.length; i++) {
    if (i < padded.length - 1) add(padded[i]!);
    for (let n = 2; n <= order; n++) {
      const history = padded.slice(i - n + 1, i).join(" ");
      add(`${history} ${padded[i]}`);
      add(`${history} *`);
    }
  }
  return words.length * by;
}
