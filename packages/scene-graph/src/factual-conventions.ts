import { isPossessive } from "./possessive.js";
import type { SceneAttribute, SceneGraph, SceneRelation } from "./scene-graph.js";
import { colours } from "./word-lists.js";

/**
 * The conventions of FACTUAL's annotation (Li et al., 2023), read off its training split: how its graphs word what captions say. They are about
 * closed classes (prepositions, numbers, places) and a few groups of words of general English.
 */

/** Clothes: FACTUAL writes "a girl in a shirt" as (girl, wear, shirt). */
const clothes =
  /\b(shirt|t-shirt|tshirt|jacket|coat|dress|skirt|suit|uniform|hat|cap|helmet|jeans?|pants?|shorts|shoes?|boots?|sweater|sweatshirt|hoodie|vest|outfit|wetsuit|swimsuit|bikini|trunks|robe|gown|tie|glasses|sunglasses|socks?|sandals?|gloves?|scarf|apron|blouse|costume|clothes|clothing|attire|gear|jersey|top|tuxedo|swimwear|overalls|sneakers?|heels|goggles|tank top|kimono|blazer|sleeves?)$/;
const wearers =
  /\b(man|woman|boy|girl|person|people|child|kid|lady|guy|player|surfer|skier|skater|skateboarder|snowboarder|rider|batter|catcher|umpire|pitcher|officer|worker|baby|toddler|men|women|driver|chef|bride|groom|athlete|bear|dog|someone|male|female|teen|cyclist|biker)$/;

/** Things that hold what follows "of". */
const containers =
  /^(plate|bowl|glass|cup|mug|bottle|vase|basket|box|bag|tray|can|jar|pot|pan|bucket|dish|container|case|crate)$/;
const flat = /^(plate|tray|dish)$/;

const digits: Readonly<Record<string, string>> = {
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

/** Objects under the word that FACTUAL uses for them. */
export const factualName = (name: string): string =>
  name.replace(/\bguy$/, "person").replace(/\bcell phone$/, "cellphone");

/** The quantity as FACTUAL writes it: numbers from two in digits; "several" and the like are left out, as is one. */
export function factualQuantity(quantity: string): string | undefined {
  if (Object.hasOwn(digits, quantity)) return digits[quantity];
  const counted = /(\w+) of$/.exec(quantity)?.[1];
  if (counted === undefined) return /^[2-9]$|^[1-9]\d+$/.test(quantity) ? quantity : undefined;
  if (/^(group|grouping|herd|flock|crowd)$/.test(counted)) return "group of";
  return /^(piece|slice|block|strip|chunk|part|patch)s?$/.test(counted) ? counted.replace(/s$/, "") : undefined;
}

/** Adjectives of place, which FACTUAL makes a part of the name: "left hand". */
const sides = /^(left|right|front|back|rear|top|bottom|middle|side)$/;
/** Words in front of a noun that FACTUAL leaves out. */
const leftOut = /^(other|same|various|different|own|several|single)$/;

/** Name and attributes as FACTUAL writes them. */
export function factualAttributes(
  name: string,
  attributes: readonly SceneAttribute[],
): { readonly name: string; readonly values: readonly string[] } {
  const words = attributes.map((attribute) => attribute.name).filter((word) => !leftOut.test(word));
  const side = words.find((word) => sides.test(word));
  return {
    name: side === undefined ? factualName(name) : `${side} ${factualName(name)}`,
    values: words.filter((word) => word !== side).map(factualAttribute),
  };
}

const factualAttribute = (word: string): string => {
  const colour = /^(.*) colou?red$/.exec(word)?.[1];
  if (colour !== undefined && colours.has(colour)) return colour;
  return word === "wood" ? "wooden" : word.replace(/^multi[ -]?colou?red$/, "multi-colored").replace(/^very /, "");
};

/** Prepositions under the one that FACTUAL uses; they stand alone or behind a verb. */
const prepositions: readonly (readonly [RegExp, string])[] = [
  [/\b(beneath|underneath|below)$/, "under"],
  [/\b(inside|outside|alongside) of$/, "$1"],
  [/\balong side( of)?$/, "alongside"],
  [/\batop( of)?$/, "on top of"],
  [/\b(at|in) top of$/, "on top of"],
  [/\b(on|at) front of$/, "in front of"],
  [/\bin (middle of)$/, "on $1"],
  [/\b(at|in) (bottom|edge|side) of$/, "on $2 of"],
  [/\bon (center|corner) of$/, "in $1 of"],
  [/\b(at|on) end of$/, "in end of"],
  [/\b(to|on|at) (left|right)( hand)? side of$/, "on the $2 side of"],
  [/\b((to|on|at) )?left of$/, "at the left of"],
  [/\b((to|on|at) )?right of$/, "on the right side of"],
  [/\bin between$/, "between"],
  [/\btogether (\w+)$/, "$1"],
];

/** A relation as FACTUAL writes it: part and whole become "have", clothes "wear", "covered in" "cover". Names are heads, without compounds. */
export function factualRelation(
  subject: string,
  predicate: string,
  object: string,
  subjectHead: string,
  objectHead: string,
): readonly [subject: string, predicate: string, object: string] {
  if (predicate === "of") {
    if (containers.test(subjectHead)) return [object, flat.test(subjectHead) ? "on" : "in", subject];
    return [object, "have", subject];
  }
  if (isPossessive(predicate)) return [subject, "have", object];
  if (
    predicate === "dress in" ||
    (/^(in|with)$/.test(predicate) && clothes.test(objectHead) && wearers.test(subjectHead))
  )
    return [subject, "wear", object];
  if (/^cover (in|with)$/.test(predicate)) return [object, "cover", subject];
  if (predicate === "full of") return [subject, "have", object];
  let wording = predicate.replace(/^lie\b/, "lay").replace(/^seat\b/, "sit");
  for (const [from, to] of prepositions) wording = wording.replace(from, to);
  return [subject, wording, object];
}

/** "dark haired": the part that something has, and how that part is; undefined for another attribute. */
export function factualPart(attribute: string): { readonly part: string; readonly value: string } | undefined {
  const found = /^(.+)[ -](haired|sleeved?|framed|eyed|faced|legged|tailed|collared|rimmed|trimmed|wheeled)$/.exec(
    attribute,
  );
  return found
    ? {
        value: found[1]!,
        part: partNames[found[2]!] ?? found[2]!.replace(/d$/, "").replace(/(leg|tail|collar)e$/, "$1"),
      }
    : undefined;
}

const partNames: Readonly<Record<string, string>> = {
  haired: "hair",
  legged: "leg",
  tailed: "tail",
  collared: "collar",
  rimmed: "rim",
  trimmed: "trim",
};

/**
 * The graph without places that FACTUAL words otherwise: what stands "on the left" is only named, and "a plate with a cake on top" has the cake
 * on top of the plate.
 */
export function factualPlaces(graph: SceneGraph): SceneGraph {
  const objects = new Map(graph.objects.map((object) => [object.id, object]));
  const bare = (id: string) => {
    const object = objects.get(id);
    return object?.attributes.every(({ name }) => name === "far") &&
      !graph.relations.some(({ subject }) => subject === id)
      ? object.name
      : undefined;
  };
  const places = new Set<string>();
  const held = new Set<SceneRelation>();
  const relations = graph.relations.flatMap((relation): SceneRelation[] => {
    const place = bare(relation.object);
    if (place === "left" || place === "right") {
      places.add(relation.object);
      return [];
    }
    if (place === undefined || !/^(top|side|front|back|bottom)$/.test(place) || !/\bon$/.test(relation.predicate))
      return [relation];
    const holder = graph.relations.find(
      ({ object, predicate }) => object === relation.subject && /^(with|have)$/.test(predicate),
    );
    if (!holder) return [relation];
    places.add(relation.object);
    held.add(holder);
    return [{ ...relation, predicate: `${relation.predicate} ${place} of`, object: holder.subject }];
  });
  return {
    ...graph,
    objects: graph.objects.filter(({ id }) => !places.has(id)),
    relations: relations.filter((relation) => !held.has(relation)),
  };
}
