import type { SceneGraph } from "@tesserae/scene-graph";
import type { Negative } from "../contract/negative.js";
import { deniesStated } from "./denies-stated.js";
import { exchangesEquals } from "./exchanges-equals.js";
import { isEntailed } from "./is-entailed.js";
import { normaliseCaption, normalisedCaption } from "./normalise-caption.js";

/**
 * The guarantee of this package: whether a negative differs from the caption after normalisation (case, spaces, punctuation, articles), is not the
 * caption with the members of a coordination or of a symmetric predicate exchanged, and says something that does not follow from the caption's graph.
 * What follows includes symmetric and inverse relations ("a is left of b", "b is right of a"), a predicate's own preposition ("sit on", "on"),
 * numbers written otherwise ("two", "2", "a pair of"), "has" for "with", and the synonyms and more general words of built-in tables.
 * A text that denies what the graph states ("There is no dog") says something else, though its own graph is empty.
 * It holds with respect to the caption: an image may show more than its caption tells.
 */
export function isNegative(negative: Pick<Negative, "caption" | "graph">, graph: SceneGraph): boolean {
  return (
    normaliseCaption(negative.caption) !== normalisedCaption(graph) &&
    (!isEntailed(negative.graph, graph) || deniesStated(negative.caption, graph)) &&
    !exchangesEquals(graph, negative.caption)
  );
}
