import type { SceneGraph, SceneObject, SceneRelation } from "@tesserae/scene-graph";
import type { Negative } from "../contract/negative.js";
import type { NegativeMiner } from "../contract/negative-miner.js";
import type { Thesaurus } from "../vocabulary/thesaurus.js";
import { isEntailed } from "./is-entailed.js";

export interface FalseNegativeFilterOptions {
  /** Graphs of the other captions of the same image. A negative is dropped when they say all that is new in it. */
  readonly otherCaptions?: (graph: SceneGraph) => readonly SceneGraph[];
  /** Drops a negative whose new object or attribute is a synonym, or an object a more general or special word, of one of the caption's. */
  readonly thesaurus?: Thesaurus;
}

/**
 * The same miner without negatives that may be true of the image after all, as far as other captions and a thesaurus can tell. They are counted
 * as "may be true of the image".
 */
export function withoutFalseNegatives(
  miner: NegativeMiner,
  { otherCaptions, thesaurus }: FalseNegativeFilterOptions,
): NegativeMiner {
  const { version, citation } = miner;
  return {
    name: `${miner.name} without false negatives`,
    version,
    ...(citation === undefined ? {} : { citation }),
    dispose: () => miner.dispose?.(),
    async mine(batch, context) {
      const mined = await miner.mine(batch, context);
      return mined.map((negatives, i) => {
        const graph = batch[i]!;
        const others = otherCaptions?.(graph) ?? [];
        return negatives.filter((negative) => {
          const mayBeTrue = isSaidBy(negative, graph, others) || (thesaurus && hasSynonym(negative, graph, thesaurus));
          if (mayBeTrue) context.reject?.("may be true of the image");
          return !mayBeTrue;
        });
      });
    },
  };
}

/** Whether something in the negative is new, and each new fact is said by one of the other captions. */
function isSaidBy(negative: Negative, graph: SceneGraph, others: readonly SceneGraph[]): boolean {
  const added = newFacts(negative.graph, graph);
  return added.length > 0 && added.every((fact) => others.some((other) => isEntailed(fact, other)));
}

/**
 * Graphs of one fact each that do not follow from the caption: an object, an attribute of one, a relation of two. What an object that is new itself has
 * taken over from the one in its place is not counted again: of "a red cat" for "a red dog" only the cat is new.
 */
function newFacts(negative: SceneGraph, graph: SceneGraph): SceneGraph[] {
  const bare = new Map(negative.objects.map((object) => [object.id, { ...object, attributes: [] }]));
  const fact = (objects: readonly SceneObject[], relations: readonly SceneRelation[] = []): SceneGraph[] => {
    const single = { ...negative, objects, relations };
    return isEntailed(single, graph) ? [] : [single];
  };
  const isNew = (id: string) => {
    const object = bare.get(id);
    return object !== undefined && fact([object]).length > 0;
  };
  const aboutObjects = negative.objects.flatMap((object) => {
    const replaced = isNew(object.id) ? graph.objects.find(({ id }) => id === object.id) : undefined;
    const attributes = object.attributes.filter(
      ({ name }) => !replaced?.attributes.some((attribute) => attribute.name === name),
    );
    const own = bare.get(object.id)!;
    return [...fact([own]), ...attributes.flatMap((attribute) => fact([{ ...own, attributes: [attribute] }]))];
  });
  const aboutRelations = negative.relations.flatMap((relation) => {
    const { subject, predicate, object } = relation;
    const ends = [bare.get(subject), bare.get(object)].filter((end) => end !== undefined);
    const isKept = graph.relations.some(
      (other) => other.subject === subject && other.object === object && other.predicate === predicate,
    );
    const isTakenOver = isKept && (isNew(subject) || isNew(object));
    return ends.length === 2 && !isTakenOver ? fact(ends, [relation]) : [];
  });
  return [...aboutObjects, ...aboutRelations];
}

function hasSynonym(negative: Negative, graph: SceneGraph, { isRelated }: Thesaurus): boolean {
  const names = new Set(graph.objects.map(({ name }) => name));
  const attributes = new Set(graph.objects.flatMap((object) => object.attributes.map(({ name }) => name)));
  return negative.graph.objects.some(
    (object) =>
      (!names.has(object.name) && [...names].some((name) => isRelated(object.name, name, "noun"))) ||
      object.attributes.some(
        (attribute) =>
          !attributes.has(attribute.name) &&
          graph.objects
            .filter(({ name }) => name === object.name)
            .some((same) => same.attributes.some(({ name }) => isRelated(attribute.name, name, "adjective"))),
      ),
  );
}
