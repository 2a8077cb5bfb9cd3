import type { SceneGraph } from "@tesserae/scene-graph";
import type { ImageTexts, TextSource } from "../contract/text-source.js";
import { normaliseCaption } from "../guarantee/normalise-caption.js";

/**
 * The texts of several sources, in their order, each text once for an image; a text that is a positive is never a negative. Positives
 * belong to images by "graph" where one of the sources says so.
 */
export function combineTexts(...sources: readonly TextSource[]): TextSource {
  const sum = (of: "positives" | "negatives") => sources.reduce((total, { max }) => total + max[of], 0);
  return {
    name: sources.map(({ name }) => name).join(" + "),
    version: sources.map(({ version }) => version).join("+"),
    options: Object.fromEntries(sources.map(({ name, options }) => [name, options])),
    max: { positives: sum("positives"), negatives: sum("negatives") },
    positivesOf: sources.some(({ positivesOf }) => positivesOf === "graph") ? "graph" : "own",
    async texts(graphs, context) {
      const lists: (readonly ImageTexts[])[] = [];
      for (const source of sources) lists.push(await source.texts(graphs, context));
      return graphs.map((_, i) => join(lists.map((list) => list[i]!)));
    },
    async dispose() {
      for (const source of sources) await source.dispose?.();
    },
  };
}

/** All texts of one image, the first of equal ones; positives before negatives. */
export function join(parts: readonly ImageTexts[]): ImageTexts {
  const seen = new Set<string>();
  const once = <T extends Pick<SceneGraph, "caption">>(texts: readonly T[]) =>
    texts.filter(({ caption }) => seen.size < seen.add(normaliseCaption(caption)).size);
  return {
    positives: once(parts.flatMap(({ positives }) => positives)),
    negatives: once(parts.flatMap(({ negatives }) => negatives)),
  };
}
