import { createMiner, createNegative } from "@tesserae/negatives";

const opposites: Record<string, string> = { left: "right", right: "left", above: "below", below: "above" };

/** Turns every spatial relation around. */
export default createMiner({
  name: "opposites",
  version: "1",
  mineOne: (graph, context) =>
    graph.relations.map(({ span }) => {
      const text = graph.caption.slice(span.start, span.end).replace(/\w+/g, (word) => opposites[word] ?? word);
      return createNegative(graph, "opposite", [{ span, text }], context);
    }),
});
