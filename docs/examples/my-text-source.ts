import { isNegative, type Negative, type TextSource } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";

/** The caption's words in another order as negatives; an order that says what the caption says is left out. */
export function shuffledWords({ max = 1 }: { readonly max?: number } = {}): TextSource {
  return {
    name: "shuffled-words",
    version: "1",
    options: { max },
    max: { positives: 0, negatives: max },
    positivesOf: "own",
    texts: (graphs, { rng }) =>
      graphs.map((graph) => {
        const negatives: Negative[] = [];
        for (let i = 0; i < max; i++) {
          const words = graph.caption.split(" ").map((word) => ({ word, place: rng() }));
          const caption = words
            .sort((a, b) => a.place - b.place)
            .map(({ word }) => word)
            .join(" ");
          const negative = { caption, kind: "shuffled", edits: [], graph: parse(caption) };
          if (isNegative(negative, graph)) negatives.push(negative);
        }
        return { positives: [], negatives };
      }),
  };
}
