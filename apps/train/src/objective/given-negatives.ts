import type { Negative, TextContext, TextSource } from "@tesserae/negatives";
import { parse, type SceneGraph } from "@tesserae/scene-graph";
import { shuffled } from "@tesserae/scene-graph/random";

/** What the trainer tells text sources beside their usual context. */
export interface GivenContext extends TextContext {
  /** Negative captions that the data has for a caption, such as NegCLIP's `neg_caption`. */
  readonly givenNegatives?: ReadonlyMap<SceneGraph, readonly string[]>;
}

/** Negatives that the data brings for a caption, drawn anew at every call; another source's where it brings none. */
export function givenNegatives(otherwise: TextSource): TextSource {
  const { negatives: most } = otherwise.max;
  return {
    ...otherwise,
    name: `given, else ${otherwise.name}`,
    options: { otherwise: otherwise.options },
    async texts(graphs, context) {
      const given = (context as GivenContext).givenNegatives;
      const rest = graphs.filter((graph) => (given?.get(graph)?.length ?? 0) === 0);
      const made = new Map((await otherwise.texts(rest, context)).map((texts, index) => [rest[index]!, texts]));
      const count = Math.min(most, context.max?.negatives ?? most);
      return graphs.map(
        (graph) =>
          made.get(graph) ?? {
            positives: [],
            negatives: shuffled(context.rng, given!.get(graph)!).slice(0, count).map(asNegative),
          },
      );
    },
  };
}

function asNegative(caption: string): Negative {
  return { caption, kind: "given", edits: [], graph: parse(caption) };
}
