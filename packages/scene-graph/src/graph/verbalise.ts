import { isPossessive } from "./possessive.js";
import type { SceneGraph, SceneObject, SceneRelation } from "./scene-graph.js";

/** How `verbalise` writes objects and relations. Every part may be replaced. */
export interface Templates {
  /** Put before an object's words: "none" (default), "indefinite" ("a", "an"; nothing before a quantity) or "definite" ("the"). */
  readonly article?: "none" | "indefinite" | "definite";
  /** One object. Default: quantity, attributes, name. */
  readonly object?: (object: SceneObject) => string;
  /** One relation between two written objects. Default: "{subject} {predicate} {object}". */
  readonly relation?: (subject: string, relation: SceneRelation, object: string) => string;
  /** Put between sentences. Default: ", ". */
  readonly separator?: string;
}

/** The predicate as it stands between two names: "man 's dog", also for "his dog". */
export const writtenPredicate = (predicate: string): string => (isPossessive(predicate) ? "'s" : predicate);

const writeObject = (object: SceneObject) =>
  [object.quantity, ...object.attributes.map((attribute) => attribute.name), object.name].filter(Boolean).join(" ");

function withArticle(text: string, object: SceneObject, article: Templates["article"]): string {
  if (article === "definite") return `the ${text}`;
  if (article !== "indefinite" || object.quantity !== undefined) return text;
  return `${/^[aeiou]/i.test(text) ? "an" : "a"} ${text}`;
}

/**
 * Writes a graph as text with MosaiCLIP's templates: "{a1} {a2} {N1} {R} {a3} {N2}" for each relation and "{a} {N}" for each
 * object without one. The paper prints only "{N1} {R} {N2}"; that attributes stand before the noun is a reconstruction.
 * An object that stands in several relations repeats its attributes each time.
 */
export function verbalise(graph: SceneGraph, templates: Templates = {}): string {
  const { article = "none", object = writeObject, separator = ", " } = templates;
  const relate =
    templates.relation ?? ((a: string, r: SceneRelation, b: string) => `${a} ${writtenPredicate(r.predicate)} ${b}`);
  const objects = new Map(graph.objects.map((one) => [one.id, one]));
  const write = (one: SceneObject) => withArticle(object(one), one, article);
  const related = new Set<string>();
  const sentences: string[] = [];
  for (const relation of graph.relations) {
    const from = objects.get(relation.subject);
    const to = objects.get(relation.object);
    if (!from || !to) continue;
    related.add(from.id).add(to.id);
    sentences.push(relate(write(from), relation, write(to)));
  }
  for (const one of graph.objects) if (!related.has(one.id)) sentences.push(write(one));
  return sentences.join(separator);
}
