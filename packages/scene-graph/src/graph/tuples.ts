import { isPossessive } from "./possessive.js";
import type { SceneGraph } from "./scene-graph.js";

/**
 * The graph's facts for comparing graphs: `["dog"]`, `["dog", "is", "red"]`, `["dog", "left of", "cat"]`, each once, sorted.
 * Possession is `'s` however it is said ("the man's hat", "his hat"). A quantity counts like an attribute: `["dog", "is", "two"]`.
 * Object ids do not enter: two graphs that say the same of objects with the same names have equal facts.
 */
export function tuples(graph: SceneGraph): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  const add = (...fact: string[]) => found.set(fact.join("\u0000"), fact);
  const names = new Map(graph.objects.map((object) => [object.id, object.name]));
  for (const object of graph.objects) {
    add(object.name);
    if (object.quantity !== undefined) add(object.name, "is", object.quantity);
    for (const attribute of object.attributes) add(object.name, "is", attribute.name);
  }
  for (const relation of graph.relations) {
    const subject = names.get(relation.subject);
    const object = names.get(relation.object);
    if (subject !== undefined && object !== undefined)
      add(subject, isPossessive(relation.predicate) ? "'s" : relation.predicate, object);
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, fact]) => fact);
}
