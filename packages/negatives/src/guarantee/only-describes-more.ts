import type { SceneAttribute, SceneGraph, SceneObject, SceneRelation } from "@tesserae/scene-graph";
import { entailsAttribute, excludesAttribute } from "./attributes.js";
import { isEntailed } from "./is-entailed.js";
import { joinsEvenly } from "./joins-evenly.js";
import { entailsNoun } from "./nouns.js";

/**
 * Whether a text in which nouns around a relation that holds both ways changed places follows from a caption but for
 * attributes of which the caption says nothing: "a wooden bench next to a tree" as "a wooden tree next to a bench",
 * where the tree may be wooden as well; not "a red bench next to a green tree", where the tree is not red.
 */
export function onlyDescribesMore(candidate: SceneGraph, graph: SceneGraph): boolean {
  const areMoved = candidate.objects.some(({ name }, i) => name !== graph.objects[i]?.name);
  if (!areMoved || !graph.relations.some((relation) => isEven(graph, relation))) return false;
  const objects = candidate.objects.map((object) => ({
    ...object,
    attributes: object.attributes.filter((attribute) => isToldOf(object, attribute, graph)),
  }));
  return isEntailed({ ...candidate, objects }, graph);
}

function isEven(graph: SceneGraph, relation: SceneRelation): boolean {
  const [subject, object] = [relation.subject, relation.object].map((id) => graph.objects.find((one) => one.id === id));
  return subject !== undefined && object !== undefined && joinsEvenly(graph, relation, subject, object);
}

/** Whether the caption tells that a thing of this name has the attribute, or one that excludes it. */
const isToldOf = ({ name }: SceneObject, attribute: SceneAttribute, graph: SceneGraph): boolean =>
  graph.objects.some(
    (stated) =>
      entailsNoun(stated.name, name) &&
      stated.attributes.some(
        (held) => entailsAttribute(held.name, attribute.name) || excludesAttribute(held.name, attribute.name),
      ),
  );
