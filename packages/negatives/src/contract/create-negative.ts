import { parse, type SceneGraph } from "@tesserae/scene-graph";
import { applySoundEdits, type EditedCaption, editProblem } from "../edits/apply-edits.js";
import { deriveGraph, type GraphAddition, type GraphEdit } from "../edits/derive-graph.js";
import { quotations } from "../edits/quotations.js";
import { deniesStated } from "../guarantee/denies-stated.js";
import { exchangesEquals } from "../guarantee/exchanges-equals.js";
import { isEntailed } from "../guarantee/is-entailed.js";
import { normaliseCaption, normalisedCaption } from "../guarantee/normalise-caption.js";
import { onlyDescribesMore } from "../guarantee/only-describes-more.js";
import type { Negative } from "./negative.js";
import type { MineContext, RejectReason } from "./negative-miner.js";

export interface CreateNegativeOptions extends Pick<MineContext, "reject"> {
  /** The graph of the whole caption, where `graph` is a sub-graph of it: the negative must not follow from either. */
  readonly captionGraph?: SceneGraph;
  /** What inserted text adds to the graph, with spans into the edited text. */
  readonly addition?: GraphAddition;
  /**
   * Makes the graph of the new text. Default: the graph of the old text with the edits followed, which is what it is given; the new text is then
   * parsed too, and what follows from the caption by either graph is refused. For edits that cannot be followed (shuffled or rewritten
   * text), give the parser.
   */
  readonly readGraph?: (caption: string, followed: SceneGraph | undefined) => SceneGraph;
  /** Keeps what follows from the caption too: texts that are no negatives by `isNegative`. Default false. */
  readonly keepTrue?: boolean;
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
  options: CreateNegativeOptions = {},
): Negative | undefined {
  const { captionGraph, addition, readGraph, articles, keepTrue = false } = options;
  const problem = problemOf(graph.caption, edits);
  if (problem) return refuse(problem, options);
  const edited = applySoundEdits(graph.caption, edits, articles === undefined ? {} : { articles });
  const text = normaliseCaption(edited.caption);
  if (text === normalisedCaption(graph) || (captionGraph && text === normalisedCaption(captionGraph))) {
    return refuse("same text", options);
  }
  const followed = deriveGraph(graph, edited.edits, edited.caption, addition);
  const derived = readGraph ? readGraph(edited.caption, followed) : (followed ?? parse(edited.caption));
  const isExchange = edits.length > 1 && captionGraph === undefined && exchangesEquals(graph, edited.caption);
  const whole = captionGraph ?? graph;
  if (!keepTrue && (isExchange || (isEntailed(derived, whole) && !deniesStated(edited.caption, whole)))) {
    return refuse("follows from the caption", options);
  }
  if (!keepTrue && edits.length > 1 && captionGraph === undefined && !readGraph && onlyDescribesMore(derived, graph)) {
    return refuse("may be true of the image", options);
  }
  if (derived === followed && captionGraph === undefined && !readGraph) {
    const reading = compareReading(derived, edited, graph);
    if (reading) return refuse(reading, options);
  }
  return {
    caption: edited.caption,
    kind,
    edits: edited.edits.map(({ span, text }) => ({ span: { start: span.start, end: span.end }, text })),
    graph: derived,
    ...(captionGraph && captionGraph !== graph ? { source: graph.caption } : {}),
  };
}

function refuse(reason: RejectReason, { reject }: CreateNegativeOptions): undefined {
  reject?.(reason);
  return undefined;
}

/** What is wrong with the edits before they are made. */
function problemOf(caption: string, edits: readonly GraphEdit[]): RejectReason | undefined {
  const problem = editProblem(caption, edits);
  if (problem || !/["“”«'’‘]/.test(caption)) return problem;
  const quoted = quotations(caption).some(({ start, end }) =>
    edits.some(
      ({ span }) =>
        (span.start < end && start < span.end) || (span.start === span.end && start < span.start && span.start < end),
    ),
  );
  return quoted ? "inside a quotation" : undefined;
}

/**
 * Parses the edited text and compares: what follows from the caption by this reading is no negative, and neither is a text in which
 * the parser finds other things than the edits put there, since a reader would too.
 */
function compareReading(derived: SceneGraph, { caption }: EditedCaption, graph: SceneGraph): RejectReason | undefined {
  const read = parse(caption);
  if (isEntailed(read, graph)) return deniesStated(caption, graph) ? undefined : "follows from the caption";
  return haveSameNames(read, derived) ? undefined : "reads otherwise";
}

const haveSameNames = (one: SceneGraph, other: SceneGraph): boolean =>
  one.objects.length === other.objects.length &&
  (one.objects.every(({ name }, i) => name === other.objects[i]!.name) || namesOf(one) === namesOf(other));

const namesOf = ({ objects }: SceneGraph) =>
  objects
    .map(({ name }) => name)
    .sort()
    .join("|");
