import type { Diagnostic, SceneAttribute, SceneGraph, SceneObject, SceneRelation, Span } from "../graph/scene-graph.js";

/** The output of the Python package `sng_parser` (vacancy/SceneGraphParser). Bounds count words. */
export interface SngParserGraph {
  readonly entities: readonly SngParserEntity[];
  readonly relations: readonly {
    readonly subject: number;
    readonly object: number;
    readonly relation: string;
    readonly lemma_relation?: string;
  }[];
}

export interface SngParserEntity {
  readonly span: string;
  readonly lemma_span: string;
  readonly head: string;
  readonly lemma_head: string;
  readonly span_bounds: readonly [number, number];
  readonly modifiers: readonly { readonly dep: string; readonly span: string; readonly lemma_span: string }[];
  readonly type?: string;
}

const words = (caption: string): readonly Span[] =>
  [...caption.matchAll(/\p{L}[\p{L}\p{N}'’-]*|\p{N}+|[^\s\p{L}\p{N}]/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));

/** Writes a graph in sng_parser's form. `type` is "unknown": its list of scene nouns is not used here. */
export function toSngParser(graph: SceneGraph): SngParserGraph {
  const { caption } = graph;
  const bounds = words(caption);
  const index = new Map(graph.objects.map((object, at) => [object.id, at]));
  return {
    entities: graph.objects.map(({ name, attributes, quantity, span, phrase = span }) => {
      const first = bounds.findIndex((word) => word.end > phrase.start);
      const last = bounds.findLastIndex((word) => word.start < phrase.end);
      const head = caption.slice(span.start, span.end) || name;
      return {
        span: caption.slice(phrase.start, phrase.end) || name,
        lemma_span: [quantity, ...attributes.map((attribute) => attribute.name), name].filter(Boolean).join(" "),
        head,
        lemma_head: name,
        span_bounds: [Math.max(first, 0), last + 1],
        modifiers: [
          ...(quantity === undefined ? [] : [{ dep: "nummod", span: quantity, lemma_span: quantity }]),
          ...attributes.map((attribute) => ({ dep: "amod", span: attribute.name, lemma_span: attribute.name })),
        ],
        type: "unknown",
      };
    }),
    relations: graph.relations.map(({ subject, predicate, object, span }) => ({
      subject: index.get(subject)!,
      object: index.get(object)!,
      relation: caption.slice(span.start, span.end) || predicate,
      lemma_relation: predicate,
    })),
  };
}

/**
 * Reads sng_parser's output.
 * @param caption the text that was parsed; with it, words get spans where they are found in it, else spans are empty
 */
export function fromSngParser(graph: SngParserGraph, caption = ""): SceneGraph {
  const diagnostics: Diagnostic[] = [];
  const lower = caption.toLowerCase();
  const find = (text: string, from: number, to = caption.length): Span => {
    const start = text === "" ? -1 : lower.indexOf(text.toLowerCase(), from);
    return start < 0 || start + text.length > to ? { start: 0, end: 0 } : { start, end: start + text.length };
  };
  let at = 0;
  const objects = graph.entities.map((entity, index): SceneObject => {
    const phrase = find(entity.span, at);
    if (phrase.end > 0) at = phrase.end;
    const quantity = entity.modifiers.find((modifier) => modifier.dep === "nummod");
    const inside = (text: string) => (phrase.end > 0 ? find(text, phrase.start) : { start: 0, end: 0 });
    const head = phrase.end > 0 ? lower.lastIndexOf(entity.head.toLowerCase(), phrase.end - entity.head.length) : -1;
    return {
      id: `o${index + 1}`,
      name: entity.lemma_head,
      attributes: entity.modifiers
        .filter((modifier) => modifier.dep !== "det" && modifier.dep !== "nummod")
        .map((modifier): SceneAttribute => ({ name: modifier.lemma_span, span: inside(modifier.span) })),
      ...(quantity && { quantity: quantity.lemma_span }),
      span: head >= phrase.start && head >= 0 ? { start: head, end: head + entity.head.length } : phrase,
      ...(phrase.end > 0 && { phrase }),
    };
  });
  const relations: SceneRelation[] = [];
  for (const { subject, object, relation, lemma_relation = relation } of graph.relations) {
    const from = objects[subject];
    const to = objects[object];
    if (from && to)
      relations.push({ subject: from.id, predicate: lemma_relation, object: to.id, span: find(relation, 0) });
    else
      diagnostics.push({
        code: "unknown-object",
        message: `Relation "${relation}" names an entity that is not there.`,
        span: { start: 0, end: 0 },
      });
  }
  return { caption, objects, relations, diagnostics };
}
