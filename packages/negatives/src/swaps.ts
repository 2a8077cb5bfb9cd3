import type { SceneAttribute, SceneGraph, SceneObject, Span } from "@tesserae/scene-graph";

/** Two spans that may change places. */
export type Swap = readonly [Span, Span];

/** For every two objects, the pairs of attributes that only one of the two has. */
export function attributeSwaps(graph: SceneGraph): Swap[] {
  return graph.objects.flatMap((one, i) =>
    graph.objects
      .slice(i + 1)
      .flatMap((other) =>
        ownAttributes(one, other).flatMap((a) => ownAttributes(other, one).map((b): Swap => [a.span, b.span])),
      ),
  );
}

function ownAttributes(object: SceneObject, other: SceneObject): readonly SceneAttribute[] {
  return object.attributes.filter(({ name }) => !other.attributes.some((attribute) => attribute.name === name));
}

/** The whole noun phrase; without one, the span from the first attribute in front of the head to the head. */
export function phraseOf(object: SceneObject): Span {
  if (object.phrase) return object.phrase;
  const starts = object.attributes.map(({ span }) => span.start).filter((start) => start < object.span.start);
  return { start: Math.min(object.span.start, ...starts), end: object.span.end };
}
