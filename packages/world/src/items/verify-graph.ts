import type { SceneGraph } from "@tesserae/scene-graph";
import { attributeWords } from "../captions/caption-plan.js";
import { relationPhrases } from "../captions/relation-phrases.js";
import type { RelationName } from "../scenes/atoms.js";
import type { Scene, UnitBox } from "../scenes/scene.js";

/** Whether something said of a scene is true of it. "unclear" is what people could argue about. */
export type TruthValue = "true" | "false" | "unclear";

/**
 * Share of the smaller extent from which two objects count as level with each other, so that neither is left of (or
 * above) the other.
 */
const levelOverlap = 0.6;

/**
 * Whether a scene graph in the words of the world's captions is true of a scene: "false" when any of its facts is
 * false. Scenes are described completely, so an object that is not there, and an attribute that is not the object's,
 * are false.
 */
export function verifyGraph(scene: Scene, graph: SceneGraph): TruthValue {
  const values: TruthValue[] = [];
  const found = new Map<string, number>();
  for (const { id, name, attributes } of graph.objects) {
    const index = scene.objects.findIndex(({ kind }) => kind === name);
    const object = scene.objects[index];
    if (!object) return "false";
    found.set(id, index);
    const words = [object.size, object.colour, object.pattern].flatMap(attributeWords);
    values.push(attributes.every((attribute) => words.includes(attribute.name)) ? "true" : "false");
  }
  for (const { subject, predicate, object } of graph.relations) {
    const phrase = relationPhrases.find((one) => one.predicate === predicate);
    const from = found.get(subject);
    const to = found.get(object);
    if (!phrase || from === undefined || to === undefined) values.push("unclear");
    else
      values.push(
        phrase.inverse
          ? verifyRelation(scene, to, phrase.relation, from)
          : verifyRelation(scene, from, phrase.relation, to),
      );
  }
  if (values.includes("false")) return "false";
  return values.includes("unclear") ? "unclear" : "true";
}

/** Whether `scene.objects[subject]` stands in a relation to `scene.objects[object]`. */
function verifyRelation(scene: Scene, subject: number, relation: RelationName, object: number): TruthValue {
  const states = (from: number, predicate: RelationName, to: number) =>
    scene.relations.some((one) => one.subject === from && one.predicate === predicate && one.object === to);
  if (states(subject, relation, object)) return "true";
  if (states(object, relation, subject)) return "false";
  const from = scene.objects[subject]!.box;
  const to = scene.objects[object]!.box;
  switch (relation) {
    case "left of":
      return isBefore(from.x, from.width, to.x, to.width) ? "unclear" : "false";
    case "above":
      if (states(subject, "on", object)) return "true";
      return isBefore(from.y, from.height, to.y, to.height) ? "unclear" : "false";
    case "on":
      return states(subject, "above", object) || overlap(from, to) ? "unclear" : "false";
    default:
      return overlap(from, to) ? "unclear" : "false";
  }
}

/** Whether an interval's middle comes first, and it is not level with the other. */
function isBefore(start: number, length: number, otherStart: number, otherLength: number): boolean {
  const shared = Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
  if (shared >= levelOverlap * Math.min(length, otherLength)) return false;
  return start + length / 2 < otherStart + otherLength / 2;
}

function overlap(a: UnitBox, b: UnitBox): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
