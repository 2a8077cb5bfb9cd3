import type { SceneGraph, Span } from "@tesserae/scene-graph";
import { createMiner } from "./create-miner.js";
import { createNegative } from "./create-negative.js";
import { inNumberOf } from "./inflect.js";
import type { Negative } from "./negative.js";
import type { NegativeMiner } from "./negative-miner.js";
import { pick, shuffle } from "./random.js";

/** For a word of the graph (an object name, an attribute, a predicate), the words that may take its place. */
export type Lexicon = Readonly<Record<string, readonly string[]>>;

export interface ReplaceOptions {
  readonly lexicon: Lexicon;
  /** At most this many negatives a caption. Default 3. */
  readonly maxNegatives?: number;
}

/**
 * Replaces one object, attribute or predicate of the caption by a word that the lexicon gives for it, such as antonyms or things of the same
 * kind. A plural noun is replaced by a plural. A predicate is replaced where the caption writes it as the graph does ("on", "left of").
 */
export function replace({ lexicon, maxNegatives = 3 }: ReplaceOptions): NegativeMiner {
  const words = new Map(Object.entries(lexicon));
  return createMiner({
    name: "replace",
    version: "1",
    mineOne(graph, context) {
      const places = shuffle(
        replaceable(graph).filter(({ name }) => words.has(name)),
        context.rng,
      );
      const negatives: Negative[] = [];
      for (const { kind, name, span } of places) {
        if (negatives.length >= maxNegatives) break;
        const word = pick(words.get(name)!, context.rng);
        if (word === undefined) continue;
        const text =
          kind === "replace-object" ? inNumberOf(word, graph.caption.slice(span.start, span.end), name) : word;
        const negative = createNegative(graph, kind, [{ span, text, name: word }], context);
        if (negative) negatives.push(negative);
      }
      return negatives;
    },
  });
}

function replaceable(graph: SceneGraph): { kind: string; name: string; span: Span }[] {
  const written = (span: Span) => graph.caption.slice(span.start, span.end).toLowerCase();
  return [
    ...graph.objects.map(({ name, span }) => ({ kind: "replace-object", name, span })),
    ...graph.objects.flatMap(({ attributes }) =>
      attributes.map(({ name, span }) => ({ kind: "replace-attribute", name, span })),
    ),
    ...graph.relations
      .filter(({ predicate, span }) => written(span) === predicate)
      .map(({ predicate, span }) => ({ kind: "replace-relation", name: predicate, span })),
  ];
}
