import type { SceneAttribute, SceneGraph, SceneObject, SceneRelation, Span } from "@tesserae/scene-graph";
import { numberOf } from "@tesserae/scene-graph/lexicon";
import type { Edit } from "../contract/negative.js";
import { isQuantity } from "../guarantee/quantities.js";
import { replaceSpans } from "./apply-edits.js";

/** An edit with what it means for the graph. */
export interface GraphEdit extends Edit {
  /** Where in the caption the text was taken from: what the graph holds there moves along. */
  readonly from?: Span;
  /** The lemma of `text` as the graph writes it. Default: `text` in lower case. */
  readonly name?: string;
  /** The lemma of the text that is replaced; needed where an edit covers only a part of a predicate. */
  readonly original?: string;
}

/** Objects and relations that inserted text adds, with spans into the edited caption. */
export interface GraphAddition {
  readonly objects: readonly SceneObject[];
  readonly relations: readonly SceneRelation[];
}

/**
 * The graph of an edited caption, made by editing the graph of the caption, so that nothing is parsed again.
 * An object keeps its id by its place in the sentence: swapping two noun phrases exchanges the names and attributes at these places.
 * Returns undefined where the edits cannot be followed (a moved text that holds several objects).
 *
 * @param edits in the order of the text, not overlapping, complete: replacing them gives `caption`
 */
export function deriveGraph(
  graph: SceneGraph,
  edits: readonly GraphEdit[],
  caption: string,
  addition?: GraphAddition,
): SceneGraph | undefined {
  const move = spanMover(edits);
  const objects: SceneObject[] = [];
  for (const object of graph.objects) {
    const edited = isInFront(object, edits) ? object : editObject(graph, object, edits, move);
    if (!edited) return undefined;
    objects.push(edited);
  }
  const relations = graph.relations.map((relation) => editRelation(graph, relation, edits, move));
  return {
    caption,
    objects: addition ? [...objects, ...addition.objects] : objects,
    relations: addition ? [...relations, ...addition.relations] : relations,
    diagnostics: [],
  };
}

/** Whether an object with its attributes stands in front of all edits, so that it stays as it is. */
function isInFront({ span, phrase, attributes }: SceneObject, edits: readonly GraphEdit[]): boolean {
  let end = phrase === undefined ? span.end : Math.max(span.end, phrase.end);
  for (const attribute of attributes) end = Math.max(end, attribute.span.end);
  for (const edit of edits) if (edit.span.start < end) return false;
  return true;
}

type Mover = (span: Span) => Span;

const covers = (outer: Span, inner: Span) =>
  outer.start <= inner.start && inner.end <= outer.end && outer.end > outer.start;
const touches = (a: Span, b: Span) => a.start < b.end && b.start < a.end;

/** Where a span of the caption lies after the edits. An edited end point moves to the end of the new text. */
function spanMover(edits: readonly Edit[]): Mover {
  const offset = (at: number, isEnd: boolean) => {
    let shift = 0;
    for (const { span, text } of edits) {
      const growth = text.length - (span.end - span.start);
      if (span.end < at || (span.end === at && (span.start < at || !isEnd))) shift += growth;
      else if (span.start < at) return isEnd ? span.start + shift + text.length : span.start + shift;
    }
    return at + shift;
  };
  return ({ start, end }) => ({ start: offset(start, false), end: offset(end, true) });
}

function editObject(
  graph: SceneGraph,
  object: SceneObject,
  edits: readonly GraphEdit[],
  move: Mover,
): SceneObject | undefined {
  const edit = edits.find(({ span }) => covers(span, object.span));
  const attributes = object.attributes.filter((attribute) => !edit || !covers(edit.span, attribute.span));
  const kept = editAttributes(graph, attributes, edits, move);
  const phrase = object.phrase && !(edit && covers(edit.span, object.phrase)) ? { phrase: move(object.phrase) } : {};
  const number = editedQuantity(graph.caption, object, edits);
  const quantity = number === undefined ? {} : { quantity: number };
  if (!edit) {
    const name = edits.some(({ span }) => touches(span, object.span)) ? editedName(graph, object, edits) : object.name;
    return { id: object.id, name, attributes: kept, ...quantity, span: move(object.span), ...phrase };
  }
  if (graph.objects.some((other) => other !== object && covers(edit.span, other.span))) return undefined;
  const place = move(edit.span);
  const source = edit.from && graph.objects.filter((other) => covers(edit.from!, other.span));
  if (source && source.length > 1) return undefined;
  const [moved] = source ?? [];
  if (!moved || !edit.from) {
    const name = edit.name ?? edit.text.toLowerCase();
    return { id: object.id, name, attributes: kept, ...quantity, span: place, ...phrase };
  }
  const from = edit.from;
  // A noun that moved alone may have changed its number and so its length.
  const resized = edit.text.length !== from.end - from.start;
  const relocate = (span: Span): Span =>
    resized ? place : { start: span.start - from.start + place.start, end: span.end - from.start + place.start };
  const brought = moved.attributes
    .filter((attribute) => covers(from, attribute.span))
    .map((attribute) => ({ name: attribute.name, span: relocate(attribute.span) }));
  const wholePhrase = moved.phrase !== undefined && covers(from, moved.phrase);
  const brings = wholePhrase ? moved.quantity : number;
  return {
    id: object.id,
    name: moved.name,
    attributes: [...brought, ...kept],
    ...(brings === undefined ? {} : { quantity: brings }),
    span: relocate(moved.span),
    ...(wholePhrase && moved.phrase ? { phrase: relocate(moved.phrase) } : phrase),
  };
}

/** The quantity of an object after edits of what counts it: "two dogs" with "two" replaced by "three", "a dog" with "a" replaced by "no". */
function editedQuantity(caption: string, object: SceneObject, edits: readonly GraphEdit[]): string | undefined {
  const phrase = object.phrase;
  if (phrase === undefined) return object.quantity;
  const edit = edits.find(
    ({ span }) => phrase.start <= span.start && span.end <= object.span.start && span.end > span.start,
  );
  if (edit === undefined) return object.quantity;
  const replaced = caption.slice(edit.span.start, edit.span.end).toLowerCase();
  const written = (edit.name ?? edit.text).toLowerCase();
  if (isQuantity(written)) return numberOf(written) === 1 && /^(?:an?)$/.test(written) ? undefined : written;
  return isQuantity(replaced) ? undefined : object.quantity;
}

/** The name of an object of which an edit changes a part: "tennis ball" with "tennis" replaced by "red". */
function editedName(graph: SceneGraph, object: SceneObject, edits: readonly GraphEdit[]): string {
  const { start, end } = object.span;
  const inside = edits
    .filter(({ span }) => covers(object.span, span))
    .map((edit) => ({
      span: { start: edit.span.start - start, end: edit.span.end - start },
      text: edit.name ?? edit.text,
    }));
  const words = replaceSpans(graph.caption.slice(start, end), inside).toLowerCase().split(/\s+/);
  const headIsKept = !inside.some(({ span }) => span.end === end - start);
  if (headIsKept) words[words.length - 1] = object.name.slice(object.name.lastIndexOf(" ") + 1);
  return words.join(" ");
}

function editAttributes(
  graph: SceneGraph,
  attributes: readonly SceneAttribute[],
  edits: readonly GraphEdit[],
  move: Mover,
): SceneAttribute[] {
  if (attributes.length === 0) return [];
  const written = new Set<GraphEdit>();
  const edited: SceneAttribute[] = [];
  for (const attribute of attributes) {
    const edit = edits.find(({ span }) => covers(span, attribute.span));
    if (!edit) {
      edited.push({ name: attribute.name, span: move(attribute.span) });
    } else if (!written.has(edit)) {
      written.add(edit);
      edited.push({ name: attributeName(graph, edit), span: move(edit.span) });
    }
  }
  return edited;
}

function attributeName(graph: SceneGraph, edit: GraphEdit): string {
  const from = edit.from;
  const moved = from && graph.objects.flatMap((object) => object.attributes).find(({ span }) => covers(from, span));
  return moved?.name ?? edit.name ?? edit.text.toLowerCase();
}

function editRelation(
  graph: SceneGraph,
  relation: SceneRelation,
  edits: readonly GraphEdit[],
  move: Mover,
): SceneRelation {
  let predicate = relation.predicate;
  for (const edit of edits) {
    if (covers(edit.span, relation.span)) {
      const from = edit.from;
      const moved = from && graph.relations.find(({ span }) => covers(from, span));
      predicate = moved?.predicate ?? edit.name ?? edit.text.toLowerCase();
    } else if (touches(edit.span, relation.span) && edit.original !== undefined) {
      const name = edit.name ?? edit.text.toLowerCase();
      predicate = ` ${predicate} `.replace(` ${edit.original} `, ` ${name} `).trim();
    }
  }
  return { subject: relation.subject, predicate, object: relation.object, span: move(relation.span) };
}
