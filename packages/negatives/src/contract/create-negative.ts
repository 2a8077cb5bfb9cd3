import type { SceneGraph } from "@tesserae/scene-graph";
import { applyEdits, editProblem } from "../edits/apply-edits.js";
import { deriveGraph, type GraphAddition, type GraphEdit } from "../edits/derive-graph.js";
import { swapsCoordinated } from "../guarantee/coordination.js";
import { isEntailed } from "../guarantee/is-entailed.js";
import { normaliseCaption } from "../guarantee/normalise-caption.js";
import type { Negative } from "./negative.js";
import type { MineContext } from "./negative-miner.js";

export interface CreateNegativeOptions extends Pick<MineContext, "reject"> {
  /** The graph of the whole caption, where `graph` is a sub-graph of it: the negative must not follow from either. */
  readonly captionGraph?: SceneGraph;
  /** What inserted text adds to the graph, with spans into the edited text. */
  readonly addition?: GraphAddition;
  /**
   * Makes the graph of the new text. Default: the graph of the old text with the edits followed, which is what it is given. For edits that
   * cannot be followed (shuffled or rewritten text), give the parser.
   */
  readonly readGraph?: (caption: string, followed: SceneGraph | undefined) => SceneGraph;
  /** Whether "a" and "an" are made to agree. Default true; a shuffle of words wants false. */
  readonly articles?: boolean;
}

/**
 * Edits a caption into a negative, with its graph. Returns undefined, and tells `reject` why, where the result would not be one:
 * so a miner that makes its negatives here cannot break the guarantee.
 */
export function createNegative(
  graph: SceneGraph,
  kind: string,
  edits: readonly GraphEdit[],
  { captionGraph, addition, readGraph, articles, reject }: CreateNegativeOptions = {},
): Negative | undefined {
  const problem = editProblem(graph.caption, edits);
  if (problem) {
    reject?.(problem);
    return undefined;
  }
  const edited = applyEdits(graph.caption, edits, articles === undefined ? {} : { articles });
  const text = normaliseCaption(edited.caption);
  if (text === normaliseCaption(graph.caption) || (captionGraph && text === normaliseCaption(captionGraph.caption))) {
    reject?.("same text");
    return undefined;
  }
  const followed = deriveGraph(graph, edited.edits, edited.caption, addition);
  const derived = readGraph ? readGraph(edited.caption, followed) : followed;
  if (!derived) {
    reject?.("not traceable in the graph");
    return undefined;
  }
  if (swapsCoordinated(graph, edits) || isEntailed(derived, captionGraph ?? graph)) {
    reject?.("follows from the caption");
    return undefined;
  }
  return {
    caption: edited.caption,
    kind,
    edits: edited.edits.map(({ span, text }) => ({ span: { start: span.start, end: span.end }, text })),
    graph: derived,
    ...(captionGraph && captionGraph !== graph ? { source: graph.caption } : {}),
  };
}
