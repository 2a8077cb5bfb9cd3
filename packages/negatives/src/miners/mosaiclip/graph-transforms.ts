import { realizeObject, type SceneGraph, type SceneObject, type SceneRelation } from "@tesserae/scene-graph";
import { attributeSwaps, phraseOf } from "../../candidates/swaps.js";
import { type CreateNegativeOptions, createNegative } from "../../contract/create-negative.js";
import type { Negative } from "../../contract/negative.js";
import type { Rng } from "../../contract/negative-miner.js";
import { swapEdits } from "../../edits/apply-edits.js";
import type { Vocabulary } from "../../vocabulary/build-vocabulary.js";
import {
  drawAllowed,
  drawUniform,
  isAbsentAttribute,
  isAbsentObject,
  isAbsentPredicate,
} from "../../vocabulary/draw.js";
import { pick } from "../../vocabulary/random.js";

/** What a transform needs besides the sub-graph. */
export interface TransformContext {
  readonly vocabulary: Vocabulary;
  /** The graph of the whole caption. */
  readonly captionGraph: SceneGraph;
  /** "uniform": any word of the vocabulary's list; "same-type": a colour for a colour, a size for a size. */
  readonly attributeReplacement: "uniform" | "same-type";
  readonly rng: Rng;
  readonly reject?: CreateNegativeOptions["reject"];
}

/** Tries one random change of a sub-graph. */
export type Transform = (graph: SceneGraph, context: TransformContext) => Negative | undefined;

/** f_obj: a single object keeps its name and has one attribute, drawn from the vocabulary, instead of its own. */
export const replaceOnlyAttribute: Transform = (graph, context) => {
  const object = graph.objects[0]!;
  const attribute = pick(object.attributes, context.rng);
  const name = attribute && drawAttribute(attribute.name, object, context);
  if (!name) return undefined;
  const span = { start: object.attributes[0]!.span.start, end: object.attributes.at(-1)!.span.end };
  return create(graph, "object-replace-attribute", [{ span, text: name, name }], context);
};

/** The object's name is replaced. f_obj has no such change; it serves captions that give it no attribute, and f_rel. */
export const replaceObject: Transform = (graph, context) => {
  const object = pick(graph.objects, context.rng)!;
  const name = drawObject(object, context);
  if (!name) return undefined;
  const kind = graph.relations.length > 0 ? "relation-replace-object" : "object-replace-object";
  return create(graph, kind, [{ span: object.span, text: name, name }], context);
};

const swapEnds: Transform = (graph, context) => {
  const [first, second] = graph.objects as [SceneObject, SceneObject];
  return create(graph, "relation-swap-ends", swapEdits(graph.caption, phraseOf(first), phraseOf(second)), context);
};

const replaceRelation: Transform = (graph, context) => {
  const relation = graph.relations[0]!;
  const name = drawAllowed(
    context.vocabulary.relations,
    (candidate) => isAbsentPredicate(candidate, relation.predicate),
    context.rng,
  );
  if (!name) return undefined;
  return create(graph, "relation-replace-relation", [{ span: relation.span, text: name, name }], context);
};

/** "Connecting sub-graphs": a random object, with a random attribute, joined to one that is there by a random relation. */
const connect: Transform = (graph, context) => {
  const { vocabulary, captionGraph, rng } = context;
  const predicate = drawUniform(vocabulary.relations, rng);
  const name = drawAllowed(vocabulary.objects, (candidate) => isAbsentObject(candidate, captionGraph), rng);
  if (!predicate || !name) return undefined;
  const attribute = drawUniform(vocabulary.attributes, rng);
  const end = graph.caption.length;
  const start = end + 1 + predicate.length + 1;
  const nowhere = { start: 0, end: 0 };
  const { text, object } = realizeObject(
    { id: "joined", name, attributes: attribute ? [{ name: attribute, span: nowhere }] : [], span: nowhere },
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
    ...(context.reject ? { reject: context.reject } : {}),
  });
};

const swapAttributes: Transform = (graph, context) => {
  const swap = pick(attributeSwaps(graph), context.rng);
  return swap && create(graph, "attribute-swap", swapEdits(graph.caption, ...swap), context);
};

const replaceAttribute: Transform = (graph, context) => {
  const pair = pick(
    graph.objects.flatMap((object) => object.attributes.map((attribute) => ({ object, attribute }))),
    context.rng,
  );
  const name = pair && drawAttribute(pair.attribute.name, pair.object, context);
  return name
    ? create(graph, "attribute-replace", [{ span: pair.attribute.span, text: name, name }], context)
    : undefined;
};

/** The forms of f_rel: the ends swapped, an object replaced, the relation replaced, a random graph joined. */
export const relationForms = {
  "relation-swap-ends": swapEnds,
  "relation-replace-object": replaceObject,
  "relation-replace-relation": replaceRelation,
  "relation-connect": connect,
} satisfies Record<string, Transform>;

/** The forms of f_attr: attributes swapped between the two objects, or one replaced. */
export const attributeForms = {
  "attribute-swap": swapAttributes,
  "attribute-replace": replaceAttribute,
} satisfies Record<string, Transform>;

function create(
  graph: SceneGraph,
  kind: string,
  edits: Parameters<typeof createNegative>[2],
  { captionGraph, reject }: TransformContext,
): Negative | undefined {
  return createNegative(graph, kind, edits, { captionGraph, ...(reject ? { reject } : {}) });
}

function drawAttribute(replaced: string, object: SceneObject, context: TransformContext): string | undefined {
  const { vocabulary, captionGraph, attributeReplacement, rng } = context;
  const like = attributeReplacement === "same-type" ? replaced : undefined;
  return drawAllowed(vocabulary.attributes, (name) => isAbsentAttribute(name, object, captionGraph, like), rng);
}

/** A name that no object of the caption could also have. */
function drawObject(object: SceneObject, { vocabulary, captionGraph, rng }: TransformContext): string | undefined {
  return drawAllowed(vocabulary.objects, (name) => name !== object.name && isAbsentObject(name, captionGraph), rng);
}
