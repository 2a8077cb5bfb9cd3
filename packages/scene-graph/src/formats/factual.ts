import type { SceneAttribute, SceneGraph, SceneObject, SceneRelation } from "../graph/scene-graph.js";
import { possessivePronouns } from "../lexicon/function-words.js";
import { factualObject } from "./factual-object.js";
import { type FactualFact, factualRelation } from "./factual-relation.js";
import { factualScenes } from "./factual-scenes.js";

/**
 * Writes a graph as FACTUAL does: "( dogs , on , box ) , ( box , is , red ) , ( tree )". Objects without another fact stand alone. The conventions of
 * its annotation (Li et al., 2023), read off its training split, are applied: nouns in the number of the caption, numbers in digits, "have" for
 * possessors and parts, "wear" for people in clothes, "lay" for "lie". Object ids are lost.
 */
export function toFactual(graph: SceneGraph): string {
  const { caption, objects, relations } = factualScenes(graph);
  const written = new Map(
    objects.map((object) => {
      // "two dogs next to each other" are two facts of one dog.
      const counted = !relations.some(({ subject, object: other }) => subject === object.id && other === object.id);
      return [object.id, factualObject(object, caption.slice(object.span.start, object.span.end), counted)];
    }),
  );
  const heads = new Map(objects.map(({ id, name }) => [id, name.split(" ").at(-1)!]));
  const facts: FactualFact[] = [];
  for (const [index, { subject, predicate, object }] of relations.entries()) {
    const mutual = relations.findIndex((other) => other.subject === object && other.object === subject);
    // "a cart with luggage on it" is one fact, (luggage, on, cart), and so is what holds both ways, "next to each other".
    if (mutual >= 0 && subject !== object) {
      if (/^(with|have)$/.test(predicate)) continue;
      if (relations[mutual]!.predicate === predicate && mutual < index) continue;
    }
    // FACTUAL writes "the man's dog" down, but mostly leaves "his dog" out.
    if (possessivePronouns.has(predicate)) continue;
    const [from, to] = [written.get(subject), written.get(object)];
    if (from && to) facts.push(factualRelation(from.name, predicate, to.name, heads.get(subject)!, heads.get(object)!));
  }
  for (const object of written.values()) facts.push(...object.facts);
  const mentioned = new Set(
    facts.flatMap(([subject, predicate, object]) => (predicate === "is" ? [subject] : [subject, object])),
  );
  const alone = [...written.values()].filter(({ name }) => !mentioned.has(name)).map(({ name }) => [name]);
  return [...new Set([...facts, ...alone].map((fact) => `( ${fact.join(" , ")} )`))].join(" , ");
}

const nowhere = { start: 0, end: 0 };

/**
 * Reads FACTUAL's string. It has no offsets: spans are empty. Without identities every name is one object; in its files with identities ("man:1") each
 * is its own. The marks "v:", "pv:" and "p:" of predicates are left out.
 * @throws SyntaxError if a part is not "( a )" or "( a , b , c )"
 */
export function fromFactual(text: string): SceneGraph {
  const objects = new Map<string, { id: string; name: string; attributes: SceneAttribute[]; quantity?: string }>();
  const relations: SceneRelation[] = [];
  const objectOf = (written: string) => {
    // FACTUAL's files with identities: "man:1" is another man than "man:2".
    const name = written.replace(/\s*:\s*\d+$/, "");
    if (name !== written) {
      const known = objects.get(written) ?? { id: `o${objects.size + 1}`, name, attributes: [] };
      objects.set(written, known);
      return known;
    }
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
    const parts = fact.split(/\s+,\s+|,/).map((part) => part.trim().replace(/^(?:v|pv|p)\s*:\s*/, ""));
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
