import { type PhraseTokenizer, packTriples, type Triple, type TripleBatch } from "@tesserae/models";
import { parse, type SceneGraph } from "@tesserae/scene-graph";

/** Triples of each text of a batch. */
export type KnowledgeTriples = TripleBatch;

/** Structure-CLIP takes so many triples of a caption. */
const maxTriples = 6;

/** The number of texts is filled up to a multiple of this, as that of their tokens. */
const countMultiple = 32;

/**
 * The facts of a graph as Structure-CLIP's encoder reads them: relations first, then attributes as (object, "is", attribute)
 * (model/dataloader_downstream.py). At most six are used.
 */
export function triplesOf({ objects, relations }: SceneGraph): Triple[] {
  const nameOf = new Map(objects.map(({ id, name }) => [id, name]));
  return [
    ...relations.map(
      ({ subject, predicate, object }): Triple => [nameOf.get(subject)!, predicate, nameOf.get(object)!],
    ),
    ...objects.flatMap(({ name, attributes }) => attributes.map((attribute): Triple => [name, "is", attribute.name])),
  ].slice(0, maxTriples);
}

/**
 * Triples of every text, from its graph where one is given, else from its parse.
 *
 * @param graphs whose `caption` is one of the texts
 */
export function knowledgeTriples(
  texts: readonly string[],
  graphs: readonly SceneGraph[],
  { tokenizer }: { readonly tokenizer: PhraseTokenizer },
): KnowledgeTriples {
  const graphOf = new Map(graphs.map((graph) => [graph.caption, graph]));
  const triples = texts.map((text) => triplesOf(graphOf.get(text) ?? parse(text)));
  const missing = Math.ceil(triples.length / countMultiple) * countMultiple - triples.length;
  const packed = packTriples([...triples, ...Array.from({ length: missing }, () => [])], tokenizer, { maxTriples });
  return { ...packed, dropped: 0 }; // none: `triplesOf` gives no more
}
