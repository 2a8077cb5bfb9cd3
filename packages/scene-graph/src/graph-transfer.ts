import type { Diagnostic, SceneGraph, SceneObject, SceneRelation, Span } from "./scene-graph.js";

/**
 * Graphs as one short text, for messages between threads: cloning them object by object costs more than parsing their captions. Only graphs of this parser:
 * ids count the objects ("o1", "o2", …) and captions are known on the other side.
 */
export function encodeGraphs(graphs: readonly SceneGraph[]): string {
  return JSON.stringify(
    graphs.map(({ objects, relations, diagnostics }) => [
      objects.map(({ name, attributes, quantity, span, phrase }) => [
        name,
        ...ends(span),
        ...ends(phrase!),
        quantity ?? null,
        attributes.flatMap((attribute) => [attribute.name, ...ends(attribute.span)]),
      ]),
      relations.flatMap(({ subject, predicate, object, span }) => [subject, predicate, object, ...ends(span)]),
      diagnostics.flatMap(({ code, message, span }) => [code, message, ...ends(span)]),
    ]),
  );
}

const ends = ({ start, end }: Span): [number, number] => [start, end];

type ObjectRow = [string, number, number, number, number, string | null, (string | number)[]];
type GraphRow = [objects: ObjectRow[], relations: (string | number)[], diagnostics: (string | number)[]];

/** The inverse of `encodeGraphs`, with the captions of the graphs. */
export function decodeGraphs(text: string, captions: readonly string[]): readonly SceneGraph[] {
  return (JSON.parse(text) as GraphRow[]).map(([objects, relations, diagnostics], index) => ({
    caption: captions[index]!,
    objects: objects.map(
      ([name, start, end, phraseStart, phraseEnd, quantity, attributes], at): SceneObject => ({
        id: `o${at + 1}`,
        name,
        attributes: rows(attributes, 3, ([word, from, to]) => ({
          name: word as string,
          span: { start: from as number, end: to as number },
        })),
        ...(quantity !== null && { quantity }),
        span: { start, end },
        phrase: { start: phraseStart, end: phraseEnd },
      }),
    ),
    relations: rows(
      relations,
      5,
      ([subject, predicate, object, start, end]) =>
        ({ subject, predicate, object, span: { start, end } }) as SceneRelation,
    ),
    diagnostics: rows(
      diagnostics,
      4,
      ([code, message, start, end]) => ({ code, message, span: { start, end } }) as Diagnostic,
    ),
  }));
}

/** Reads a flat list in groups of `width`. */
function rows<T>(values: readonly (string | number)[], width: number, read: (row: (string | number)[]) => T): T[] {
  const found: T[] = [];
  for (let at = 0; at < values.length; at += width) found.push(read(values.slice(at, at + width)));
  return found;
}
