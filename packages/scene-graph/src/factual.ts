import type { SceneAttribute, SceneGraph, SceneObject, SceneRelation } from "./scene-graph.js";

/** Clothes: FACTUAL writes "a girl in a shirt" as (girl, wear, shirt). */
const clothes =
  /\b(shirt|t-shirt|tshirt|jacket|coat|dress|skirt|suit|uniform|hat|cap|helmet|jeans?|pants?|shorts|shoes?|boots?|sweater|sweatshirt|hoodie|vest|outfit|wetsuit|swimsuit|bikini|trunks|robe|gown|tie|glasses|sunglasses|socks?|sandals?|gloves?|scarf|apron|blouse|costume|clothes|clothing|attire|gear|jersey|top|tuxedo|swimwear|overalls|sneakers?|heels|goggles|tank top|kimono|blazer|sleeves?)$/;
const wearers =
  /\b(man|woman|boy|girl|person|people|child|kid|lady|guy|player|surfer|skier|skater|skateboarder|snowboarder|rider|batter|catcher|umpire|pitcher|officer|worker|baby|toddler|men|women|driver|chef|bride|groom|athlete|bear|dog|someone|male|female|teen|cyclist|biker)$/;
const digits: Readonly<Record<string, string>> = {
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  ten: "10",
  eleven: "11",
  twelve: "12",
};
/** Things that hold what follows "of". */
const containers = /^(plate|bowl|glass|cup|mug|bottle|vase|basket|box|bag|tray|can|jar|pot|pan|bucket|dish)$/;
const flat = /^(plate|tray|dish)$/;

const places: Readonly<Record<string, string>> = {
  "at top of": "on top of",
  "in between": "between",
  "in middle of": "on middle of",
  "at end of": "at end of",
  "in center of": "in center of",
};

/** A relation in FACTUAL's conventions: part and whole become "have", clothes "wear", "covered in" "cover". */
function factualRelation(
  subject: string,
  predicate: string,
  object: string,
  subjectWord: string,
  objectWord: string,
): readonly [string, string, string] {
  if (predicate === "of") {
    if (containers.test(subjectWord)) return [object, flat.test(subjectWord) ? "on" : "in", subject];
    return [object, "have", subject];
  }
  if (predicate === "'s" || predicate === "'") return [subject, "have", object];
  if ((predicate === "in" && clothes.test(objectWord) && wearers.test(subjectWord)) || predicate === "dress in")
    return [subject, "wear", object];
  if (/^cover (in|with)$/.test(predicate)) return [object, "cover", subject];
  if (predicate === "full of") return [subject, "have", object];
  const place = /^(.*?)\b(at top of|in between)$/.exec(predicate);
  if (place) return [subject, `${place[1]}${places[place[2]!]}`, object];
  return [subject, predicate.replace(/^lie\b/, "lay"), object];
}

const factualQuantity = (quantity: string): string | undefined => {
  const word = quantity.replace(/^(small|large|big) /, "");
  if (Object.hasOwn(digits, word)) return digits[word];
  if (/^(group|herd|flock|crowd) of$/.test(word)) return "group of";
  return /^(a |couple|pair|bunch|lot|some|number|variety)/.test(word)
    ? undefined
    : word.replace(/^(.*) of$/, "$1").replace(/^(piece|slice|block|strip|chunk)s$/, "$1");
};

/**
 * Writes a graph as FACTUAL does: "( dog , on , box ) , ( box , is , red ) , ( tree )". Objects without another fact stand alone. Its conventions
 * are applied: numbers in digits, "have" for possessors and parts, "wear" for people in clothes, "lay" for "lie". Object ids are lost.
 */
export function toFactual(graph: SceneGraph): string {
  const names = new Map(graph.objects.map((object) => [object.id, object.name]));
  const found = new Set<string>();
  const mentioned = new Set<string>();
  const heads = new Map(graph.objects.map((object) => [object.id, object.name.split(" ").at(-1)!]));
  for (const { subject, predicate, object } of graph.relations) {
    // "a cart with luggage on it" is one fact: (luggage, on, cart).
    if (
      /^(with|have)$/.test(predicate) &&
      graph.relations.some((other) => other.subject === object && other.object === subject)
    )
      continue;
    const from = names.get(subject);
    const to = names.get(object);
    if (from === undefined || to === undefined) continue;
    found.add(`( ${factualRelation(from, predicate, to, heads.get(subject)!, heads.get(object)!).join(" , ")} )`);
    mentioned.add(from).add(to);
  }
  for (const { name, attributes, quantity } of graph.objects) {
    const values = attributes.map((attribute) => attribute.name);
    const count = quantity === undefined ? undefined : factualQuantity(quantity);
    if (count !== undefined) values.unshift(count);
    for (const value of values) found.add(`( ${name} , is , ${value} )`);
    if (values.length > 0) mentioned.add(name);
  }
  for (const { name } of graph.objects) if (!mentioned.has(name)) found.add(`( ${name} )`);
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
