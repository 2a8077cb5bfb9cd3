import {
  isPossessive,
  realizeObject,
  type SceneGraph,
  type SceneObject,
  type SceneRelation,
} from "@tesserae/scene-graph";
import { shuffled } from "@tesserae/scene-graph/random";
import { isReplaceableNoun } from "../../candidates/atoms.js";
import { attributeSwaps, phraseOf } from "../../candidates/swaps.js";
import { type CreateNegativeOptions, createNegative } from "../../contract/create-negative.js";
import type { Negative } from "../../contract/negative.js";
import type { Rng } from "../../contract/negative-miner.js";
import { swapEdits } from "../../edits/apply-edits.js";
import type { GraphEdit } from "../../edits/derive-graph.js";
import { isVacuousAttribute } from "../../guarantee/attributes.js";
import { isPlacePredicate } from "../../guarantee/predicates.js";
import type { Vocabulary, VocabularyEntry } from "../../vocabulary/build-vocabulary.js";
import {
  drawAbsentAttribute,
  drawAbsentObject,
  drawAbsentPredicate,
  drawUniform,
  entriesFor,
} from "../../vocabulary/draw.js";
import { pick } from "../../vocabulary/random.js";

/** What a transform needs besides the sub-graph. */
export interface TransformContext {
  readonly vocabulary: Vocabulary;
  /** The graph of the whole caption. */
  readonly captionGraph: SceneGraph;
  /** "keep": any word of the lists is drawn, and what may be true stays, as the paper has it; "drop": only what excludes the old word. */
  readonly trueNegatives: "drop" | "keep";
  readonly rng: Rng;
  readonly reject?: CreateNegativeOptions["reject"];
}

/** Tries one random change of a sub-graph. */
export type Transform = (graph: SceneGraph, context: TransformContext) => Negative | undefined;

/** The edits of one random change; undefined where the sub-graph or the vocabulary allows none. */
type Change = (graph: SceneGraph, context: TransformContext) => readonly GraphEdit[] | undefined;

/** f_obj: a single object keeps its name and has one attribute, drawn from the vocabulary, instead of its own. */
export const replaceOnlyAttribute: Transform = (graph, context) => {
  const object = graph.objects[0]!;
  const attribute = pick(object.attributes, context.rng);
  const name = attribute && drawAttribute(attribute.name, object, context);
  if (!name) return undefined;
  const span = { start: object.attributes[0]!.span.start, end: object.attributes.at(-1)!.span.end };
  return create(graph, "object-replace-attribute", [{ span, text: name, name }], context);
};

/** The object's name is replaced. f_obj has no such change; it serves captions that give it no attribute. */
export const replaceSingleObject: Transform = (graph, context) => {
  const edits = replaceObject(graph, context);
  return edits && create(graph, "object-replace-object", edits, context);
};

const swapEnds: Change = (graph) => {
  const [first, second] = graph.objects as [SceneObject, SceneObject];
  const isFit =
    [first, second].every(({ name }) => isReplaceableNoun(name)) && !isPossessive(graph.relations[0]!.predicate);
  return isFit ? swapEdits(graph.caption, phraseOf(first), phraseOf(second)) : undefined;
};

const replaceObject: Change = (graph, { vocabulary, captionGraph, trueNegatives, rng }) => {
  const object = pick(
    graph.objects.filter(({ name }) => isReplaceableNoun(name)),
    rng,
  );
  if (!object) return undefined;
  const name =
    trueNegatives === "keep"
      ? drawUniform(vocabulary.objects, rng)
      : drawAbsentObject(vocabulary.objects, captionGraph, rng);
  return name === undefined || name === object.name ? undefined : [{ span: object.span, text: name, name }];
};

const replaceRelation: Change = (graph, { vocabulary, trueNegatives, rng }) => {
  const { predicate, span } = graph.relations[0]!;
  if (isPossessive(predicate)) return undefined;
  const name =
    trueNegatives === "keep"
      ? drawUniform(vocabulary.relations, rng)
      : drawAbsentPredicate(vocabulary.relations, predicate, rng);
  return name === undefined || name === predicate ? undefined : [{ span, text: name, name }];
};

/** "Connecting sub-graphs": a random object, with a random attribute, joined to the last one that is there by a random relation of place. */
const connect: Transform = (graph, context) => {
  const { vocabulary, captionGraph, trueNegatives, rng, reject } = context;
  const predicate = drawUniform(placeRelations(vocabulary.relations), rng);
  const name = drawAbsentObject(vocabulary.objects, captionGraph, rng);
  if (!predicate || !name) return undefined;
  const nowhere = { start: 0, end: 0 };
  const bare: SceneObject = { id: "joined", name, attributes: [], span: nowhere };
  const attribute = drawAttribute(undefined, bare, context);
  const end = graph.caption.length;
  const start = end + 1 + predicate.length + 1;
  const { text, object } = realizeObject(
    { ...bare, attributes: attribute ? [{ name: attribute, span: nowhere }] : [] },
    start,
  );
  const relation: SceneRelation = {
    subject: graph.objects.at(-1)!.id,
    predicate,
    object: object.id,
    span: { start: end + 1, end: end + 1 + predicate.length },
  };
  return createNegative(graph, "relation-connect", [{ span: { start: end, end }, text: ` ${predicate} ${text}` }], {
    captionGraph,
    addition: { objects: [object], relations: [relation] },
    keepTrue: trueNegatives === "keep",
    ...(reject ? { reject } : {}),
  });
};

/**
 * Prepositions of place and not of motion, behind which a phrase goes on ("dog on box behind tree"); a vocabulary
 * without any joins by what it has.
 */
function placeRelations(relations: readonly VocabularyEntry[]): readonly VocabularyEntry[] {
  const places = entriesFor(relations, "places", (name) => isPlacePredicate(name) && !/^(?:in|on)to$/.test(name));
  return places.length > 0 ? places : relations;
}

const swapAttributes: Change = (graph, { rng }) => pick(attributeSwaps(graph), rng);

const replaceAttribute: Change = (graph, context) => replaceAttributes(graph, context, 1);

/** Replaces the attributes of `count` different objects, none of them within `taken`. */
function replaceAttributes(
  graph: SceneGraph,
  context: TransformContext,
  count: number,
  taken: readonly GraphEdit[] = [],
): readonly GraphEdit[] | undefined {
  const edits: GraphEdit[] = [];
  const isFree = ({ start }: GraphEdit["span"]) => !taken.some(({ span }) => span.start === start);
  for (const object of shuffled(context.rng, graph.objects)) {
    if (edits.length === count) break;
    const attribute = pick(
      object.attributes.filter(({ name, span }) => isFree(span) && !isVacuousAttribute(name)),
      context.rng,
    );
    const name = attribute && drawAttribute(attribute.name, object, context);
    if (name) edits.push({ span: attribute.span, text: name, name });
  }
  return edits.length === count ? edits : undefined;
}

/** One change after another, on different words of the sub-graph: the "and" of the paper's "and/or". */
const both =
  (
    first: Change,
    second: (
      graph: SceneGraph,
      context: TransformContext,
      taken: readonly GraphEdit[],
    ) => readonly GraphEdit[] | undefined,
  ): Change =>
  (graph, context) => {
    const edits = first(graph, context);
    const further = edits && second(graph, context, edits);
    return further && [...edits, ...further].sort((a, b) => a.span.start - b.span.start);
  };

const transform =
  (kind: string, change: Change): Transform =>
  (graph, context) => {
    const edits = change(graph, context);
    return edits && create(graph, kind, edits, context);
  };

/** The forms of f_rel: ends swapped, an object or the relation replaced, two of these at once, a random graph joined. */
export const relationForms = {
  "relation-swap-ends": transform("relation-swap-ends", swapEnds),
  "relation-replace-object": transform("relation-replace-object", replaceObject),
  "relation-replace-relation": transform("relation-replace-relation", replaceRelation),
  "relation-swap-and-replace": transform("relation-swap-and-replace", both(swapEnds, replaceRelation)),
  "relation-replace-both": transform("relation-replace-both", both(replaceObject, replaceRelation)),
  "relation-connect": connect,
} satisfies Record<string, Transform>;

/** The forms of f_attr: attributes swapped between the two objects, one replaced, one replaced besides a swap, those of both objects replaced. */
export const attributeForms = {
  "attribute-swap": transform("attribute-swap", swapAttributes),
  "attribute-replace": transform("attribute-replace", replaceAttribute),
  "attribute-swap-and-replace": transform(
    "attribute-swap-and-replace",
    both(swapAttributes, (graph, context, taken) => replaceAttributes(graph, context, 1, taken)),
  ),
  "attribute-replace-both": transform("attribute-replace-both", (graph, context) =>
    replaceAttributes(graph, context, 2),
  ),
} satisfies Record<string, Transform>;

/** How many objects with an attribute a form needs; none where it is not named. */
export const describedObjects: Readonly<Record<string, number>> = {
  "attribute-swap": 2,
  "attribute-replace": 1,
  "attribute-swap-and-replace": 2,
  "attribute-replace-both": 2,
};

function create(
  graph: SceneGraph,
  kind: string,
  edits: readonly GraphEdit[],
  { captionGraph, trueNegatives, reject }: TransformContext,
): Negative | undefined {
  const keepTrue = trueNegatives === "keep";
  return createNegative(graph, kind, edits, { captionGraph, keepTrue, ...(reject ? { reject } : {}) });
}

function drawAttribute(
  replaced: string | undefined,
  object: SceneObject,
  { vocabulary, captionGraph, trueNegatives, rng }: TransformContext,
): string | undefined {
  if (trueNegatives === "keep") return drawUniform(vocabulary.attributes, rng);
  if (replaced !== undefined && isVacuousAttribute(replaced)) return undefined;
  return drawAbsentAttribute(vocabulary.attributes, object, captionGraph, replaced, rng);
}
