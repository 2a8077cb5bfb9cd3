import {
  factualAttributes,
  factualPart,
  factualPlaces,
  factualQuantity,
  factualRelation,
} from "./factual-conventions.js";
import type { SceneAttribute, SceneGraph, SceneObject, SceneRelation } from "./scene-graph.js";
import { possessivePronouns } from "./word-lists.js";

/**
 * Writes a graph as FACTUAL does: "( dog , on , box ) , ( box , is , red ) , ( tree )". Objects without another fact stand alone. Its conventions
 * are applied: numbers in digits, "have" for possessors and parts, "wear" for people in clothes, "lay" for "lie". Object ids are lost.
 */
export function toFactual(whole: SceneGraph): string {
  const graph = factualPlaces(whole);
  const written = new Map(
    graph.objects.map((object) => [object.id, factualAttributes(object.name, object.attributes)]),
  );
  const heads = new Map(graph.objects.map((object) => [object.id, object.name.split(" ").at(-1)!]));
  const found = new Set<string>();
  const mentioned = new Set<string>();
  for (const { subject, predicate, object } of graph.relations) {
    // "a cart with luggage on it" is one fact: (luggage, on, cart).
    if (
      /^(with|have)$/.test(predicate) &&
      graph.relations.some((other) => other.subject === object && other.object === subject)
    )
      continue;
    // FACTUAL writes "the man's dog" down, but mostly leaves "his dog" out.
    if (possessivePronouns.has(predicate)) continue;
    const from = written.get(subject)?.name;
    const to = written.get(object)?.name;
    if (from === undefined || to === undefined) continue;
    found.add(`( ${factualRelation(from, predicate, to, heads.get(subject)!, heads.get(object)!).join(" , ")} )`);
    mentioned.add(from).add(to);
  }
  for (const { id, quantity } of graph.objects) {
    const { name, values } = written.get(id)!;
    const count = quantity === undefined ? undefined : factualQuantity(quantity);
    if (count !== undefined) found.add(`( ${name} , is , ${count} )`);
    if (quantity === "line of") found.add(`( ${name} , in , line )`);
    for (const value of values) {
      const part = factualPart(value);
      if (part) found.add(`( ${name} , have , ${part.part} )`).add(`( ${part.part} , is , ${part.value} )`);
      else found.add(`( ${name} , is , ${value} )`);
    }
    if (count !== undefined || quantity === "line of" || values.length > 0) mentioned.add(name);
  }
  for (const { name } of written.values()) if (!mentioned.has(name)) found.add(`( ${name} )`);
  return [...found].join(" , ");
}

const nowhere = { start: 0, end: 0 };

/**
 * Reads FACTUAL's string. It has no offsets and no identities: spans are empty and every name is one object.
 * @throws SyntaxError if a part is not "( a )" or "( a , b , c )"
 */
export function fromFactual(text: string): SceneGraph {
  const objects = new Map<string, { id: string; name: string; attributes: SceneAttribute[]; quantity?: string }>();
  const relations: SceneRelation[] = [];
  const objectOf = (name: string) => {
    const known = objects.get(name) ?? { id: `o${objects.size + 1}`, name, attributes: [] };
    objects.set(name, known);
    return known;
  };
  const facts =
    text.trim() === ""
      ? []
      : text
          .trim()
          .replace(/^\(/, "")
          .replace(/\)$/, "")
          .split(/\)\s*,\s*\(/);
  for (const fact of facts) {
    const parts = fact.split(/\s+,\s+|,/).map((part) => part.trim());
    if (/[()]/.test(fact) || parts.some((part) => part === "") || (parts.length !== 1 && parts.length !== 3))
      throw new SyntaxError(
        `fromFactual: "(${fact})" is no fact; expected "( object )" or "( subject , predicate , object )" in: ${text}`,
      );
    const subject = objectOf(parts[0]!);
    if (parts.length === 1) continue;
    if (parts[1] === "is") {
      if (/^\d+$/.test(parts[2]!) && subject.quantity === undefined) subject.quantity = parts[2]!;
      else if (!subject.attributes.some((one) => one.name === parts[2]))
        subject.attributes.push({ name: parts[2]!, span: nowhere });
    } else relations.push({ subject: subject.id, predicate: parts[1]!, object: objectOf(parts[2]!).id, span: nowhere });
  }
  return {
    caption: "",
    objects: [...objects.values()].map((object): SceneObject => ({ ...object, span: nowhere })),
    relations,
    diagnostics: [],
  };
}
