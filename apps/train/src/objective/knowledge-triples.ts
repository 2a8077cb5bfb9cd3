import { type PhraseTokenizer, packTriples, type TripleBatch } from "@tesserae/models";
import { parse, type SceneGraph, triples } from "@tesserae/scene-graph";

/** Triples of each text of a batch. */
export type KnowledgeTriples = TripleBatch;

/** Structure-CLIP takes so many triples of a caption. */
const maxTriples = 6;

/**
 * Triples of every text, from its graph where one is given, else from its parse.
 *
 * @param graphs whose `caption` is one of the texts
 * @param rows of the batch, filled up with texts without triples: as many as those of the texts' tokens
 */
export function knowledgeTriples(
  texts: readonly string[],
  graphs: readonly SceneGraph[],
  tokenizer: PhraseTokenizer,
  rows: number,
): KnowledgeTriples {
  const graphOf = new Map(graphs.map((graph) => [graph.caption, graph]));
  const facts = texts.map((text) => triples(graphOf.get(text) ?? parse(text)).slice(0, maxTriples));
  const filler = Array.from({ length: rows - facts.length }, () => []);
  return packTriples([...facts, ...filler], tokenizer, { maxTriples });
}
