import type { SceneGraph, SceneObject, SceneRelation } from "../graph/scene-graph.js";
import { colours } from "../lexicon/attributes.js";
import { secondaryLocatives } from "../lexicon/prepositions.js";

/** A graph while its scenes are being reworded. */
interface Rewording {
  readonly objects: Map<string, SceneObject>;
  relations: readonly SceneRelation[];
}

/**
 * Rewrites what FACTUAL annotates otherwise than a caption says it: a relation to "the left" is dropped; "a plate with a cake on top" becomes
 * (cake, on top of, plate); "in the distance" becomes an attribute; "dressed in black" becomes (wear, clothes) with the clothes black; and the verb is
 * repeated in front of a secondary locative, (dog, lie near, tree).
 */
export function factualScenes(graph: SceneGraph): SceneGraph {
  const rewording: Rewording = {
    objects: new Map(graph.objects.map((object) => [object.id, object])),
    relations: graph.relations,
  };
  places(rewording);
  dressed(rewording);
  repeatVerbs(rewording);
  return { ...graph, objects: [...rewording.objects.values()], relations: rewording.relations };
}

function places(graph: Rewording): void {
  const bare = (id: string) => {
    const object = graph.objects.get(id);
    return object?.attributes.every(({ name }) => name === "far") &&
      !graph.relations.some(({ subject }) => subject === id)
      ? object.name
      : undefined;
  };
  const held = new Set<SceneRelation>();
  const relations = graph.relations.flatMap((relation): SceneRelation[] => {
    const place = bare(relation.object);
    if (place === "left" || place === "right") {
      graph.objects.delete(relation.object);
      return [];
    }
    if (place === "distance" && /\bin$/.test(relation.predicate)) {
      graph.objects.delete(relation.object);
      addAttribute(graph, relation.subject, "in the distance");
      return [];
    }
    if (place === undefined || !/^(top|side|front|back|bottom)$/.test(place) || !/\bon$/.test(relation.predicate))
      return [relation];
    const holder = graph.relations.find(
      ({ object, predicate }) => object === relation.subject && /^(with|have)$/.test(predicate),
    );
    if (!holder) return [relation];
    graph.objects.delete(relation.object);
    held.add(holder);
    return [{ ...relation, predicate: `${relation.predicate} ${place} of`, object: holder.subject }];
  });
  graph.relations = relations.filter((relation) => !held.has(relation));
}

/** "a man dressed in black". */
function dressed(graph: Rewording): void {
  graph.relations = graph.relations.map((relation) => {
    const worn = graph.objects.get(relation.object);
    if (!worn || !colours.has(worn.name) || relation.predicate !== "dress in") return relation;
    graph.objects.set(worn.id, { ...worn, name: "clothes" });
    addAttribute(graph, worn.id, worn.name);
    return { ...relation, predicate: "wear" };
  });
}

/** "a dog lying on grass near a tree": FACTUAL says the verb again. */
function repeatVerbs(graph: Rewording): void {
  graph.relations = graph.relations.map((relation, index) => {
    if (!secondaryLocatives.has(relation.predicate)) return relation;
    const before = graph.relations[index - 1];
    const verb = before?.subject === relation.subject ? /^(\w+) (on|in|at|down|across)$/.exec(before.predicate) : null;
    return verb ? { ...relation, predicate: `${verb[1]} ${relation.predicate}` } : relation;
  });
}

function addAttribute({ objects }: Rewording, id: string, name: string): void {
  const object = objects.get(id)!;
  objects.set(id, { ...object, attributes: [...object.attributes, { name, span: object.span }] });
}
