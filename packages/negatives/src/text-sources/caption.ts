import type { TextSource } from "../contract/text-source.js";

/** The caption itself: one positive, no negatives. */
export function caption(): TextSource {
  return {
    name: "caption",
    version: "1",
    options: {},
    max: { positives: 1, negatives: 0 },
    positivesOf: "own",
    texts: (graphs) => graphs.map((graph) => ({ positives: [graph], negatives: [] })),
  };
}
