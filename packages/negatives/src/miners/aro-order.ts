import { tag } from "@tesserae/scene-graph";
import { shuffled } from "@tesserae/scene-graph/random";
import { createMiner } from "../contract/create-miner.js";
import type { NegativeMiner, Rng } from "../contract/negative-miner.js";
import { isWord, type PlacedWord, permuteWords, placedWords } from "../edits/permute-words.js";

/** ARO's four perturbations, in the order of its answer options. */
export const aroOrderKinds = [
  "shuffle-nouns-adjectives",
  "shuffle-all-but-nouns-adjectives",
  "shuffle-within-trigrams",
  "shuffle-trigrams",
] as const;

export type AroOrderKind = (typeof aroOrderKinds)[number];

export interface AroOrderOptions {
  /** Default: all four. */
  readonly kinds?: readonly AroOrderKind[];
}

interface OrderToken extends PlacedWord {
  readonly group: "noun" | "adjective" | "other";
}

/**
 * The four wrong options of ARO's Order sets for a caption (Yuksekgonul et al., ICLR 2023; dataset_zoo/perturbations.py), with its caption
 * clean-up (`aroCaption`), in its order. As in the reference an option may equal the caption: ties are part of the benchmark's rule.
 * ARO tags with spaCy and splits words with NLTK; this uses the tagger of `@tesserae/scene-graph`, so nouns and adjectives
 * may differ here and there, and the random order is that of `rng`, not of numpy.
 */
export function aroOrderOptions(caption: string, rng: Rng): string[] {
  const tokens = orderTokens(caption);
  return aroOrderKinds.map((kind) =>
    aroCaption(
      permute(tokens, kind, rng)
        .map(({ text }) => text)
        .join(" "),
    ),
  );
}

/** ARO's `pre_caption`: lower case, `. ! " * # : ; ~` become spaces, one space between words, at most `maxWords` words (30). */
export function aroCaption(caption: string, maxWords = 30): string {
  const words = caption
    .toLowerCase()
    .replace(/[.!"*#:;~]/g, " ")
    .split(/\s+/)
    .filter(Boolean);
  return words.slice(0, maxWords).join(" ");
}

/**
 * ARO's order perturbations as a miner: at most four negatives a caption, `kind` says which. Punctuation stays in its place, and
 * what would break the guarantee is left out: a perturbation that changes nothing (a caption with one noun), or after which the parser still
 * reads only what the caption says. Use `aroOrderOptions` for the benchmark's own four options.
 */
export function aroOrder({ kinds = aroOrderKinds }: AroOrderOptions = {}): NegativeMiner {
  return createMiner({
    name: "aro-order",
    version: "2",
    citation: "Yuksekgonul et al. When and why vision-language models behave like bags-of-words. ICLR 2023",
    mineOne(graph, context) {
      const words = orderTokens(graph.caption).filter(isWord);
      return kinds.map((kind) => permuteWords(graph, kind, words, permute(words, kind, context.rng), context));
    },
  });
}

/** Words and punctuation marks with their part of speech. */
function orderTokens(caption: string): OrderToken[] {
  const tags = new Map(tag(caption).map((token) => [token.span.start, token.tag]));
  return placedWords(caption).map((word) => {
    const part = tags.get(word.span.start);
    const group = part === "noun" || part === "plural-noun" ? "noun" : part === "adjective" ? "adjective" : "other";
    return { ...word, group };
  });
}

function permute(tokens: readonly OrderToken[], kind: AroOrderKind, rng: Rng): readonly OrderToken[] {
  if (kind === "shuffle-nouns-adjectives") {
    return shuffleWhere(
      shuffleWhere(tokens, ({ group }) => group === "noun", rng),
      ({ group }) => group === "adjective",
      rng,
    );
  }
  if (kind === "shuffle-all-but-nouns-adjectives") return shuffleWhere(tokens, ({ group }) => group === "other", rng);
  const trigrams: OrderToken[][] = [];
  for (let i = 0; i < tokens.length; i += 3) trigrams.push(tokens.slice(i, i + 3));
  if (kind === "shuffle-trigrams") return shuffled(rng, trigrams).flat();
  return trigrams.flatMap((trigram) => shuffled(rng, trigram));
}

/** Permutes the chosen tokens among their places. */
function shuffleWhere(tokens: readonly OrderToken[], isChosen: (token: OrderToken) => boolean, rng: Rng): OrderToken[] {
  const chosen = shuffled(rng, tokens.filter(isChosen));
  return tokens.map((token) => (isChosen(token) ? chosen.pop()! : token));
}
