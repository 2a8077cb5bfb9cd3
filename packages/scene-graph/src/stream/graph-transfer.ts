import type { Diagnostic, SceneAttribute, SceneGraph, SceneObject, SceneRelation, Span } from "../graph/scene-graph.js";

type Value = string | number | null;

/**
 * Graphs as one short text, for messages between threads: cloning them object by object costs more than parsing their captions. Only graphs of this parser:
 * ids count the objects ("o1", "o2", …) and captions are known on the other side. The text is one list of values, each list of a graph behind its length.
 */
export function encodeGraphs(graphs: readonly SceneGraph[]): string {
  const values: Value[] = [];
  for (const { objects, relations, diagnostics } of graphs) {
    values.push(objects.length);
    for (const { name, attributes, quantity, span, phrase } of objects) {
      values.push(name, quantity ?? null, span.start, span.end, phrase!.start, phrase!.end, attributes.length);
      for (const { name, span } of attributes) values.push(name, span.start, span.end);
    }
    values.push(relations.length);
    for (const { subject, predicate, object, span } of relations)
      values.push(subject, predicate, object, span.start, span.end);
    values.push(diagnostics.length);
    for (const { code, message, span } of diagnostics) values.push(code, message, span.start, span.end);
  }
  return JSON.stringify(values);
}

/** The inverse of `encodeGraphs`, with the captions of the graphs. */
export function decodeGraphs(text: string, captions: readonly string[]): readonly SceneGraph[] {
  const values = JSON.parse(text) as Value[];
  let at = 0;
  const next = <T extends Value>() => values[at++] as T;
  const list = <T>(read: (index: number) => T): T[] => {
    const found: T[] = [];
    for (let count = next<number>(); found.length < count; ) found.push(read(found.length));
    return found;
  };
  const span = (): Span => ({ start: next(), end: next() });
  const attribute = (): SceneAttribute => ({ name: next(), span: span() });
  const object = (index: number): SceneObject => {
    const id = `o${index + 1}`;
    const name = next<string>();
    const quantity = next<string | null>();
    const head = span();
    const phrase = span();
    const attributes = list(attribute);
    return quantity === null
      ? { id, name, attributes, span: head, phrase }
      : { id, name, attributes, quantity, span: head, phrase };
  };
  const relation = (): SceneRelation => ({ subject: next(), predicate: next(), object: next(), span: span() });
  const diagnostic = (): Diagnostic => ({ code: next(), message: next(), span: span() });
  return captions.map((caption) => ({
    caption,
    objects: list(object),
    relations: list(relation),
    diagnostics: list(diagnostic),
  }));
}
