import { animateNouns, clothes, containers, food, vehicles } from "@tesserae/scene-graph/lexicon";
import { attributeType } from "./attributes.js";
import { areOfOneKind, generalNouns, isPersonNoun } from "./nouns.js";

/** What a noun names, coarsely: in a sentence a noun reads well in the place of another of its kind. */
export type NounKind = "being" | "food" | "garment" | "vehicle" | "place" | "thing";

const places: ReadonlySet<string> = new Set(
  `sun moon shade sunlight land street area building room hill field ground city town village park beach sky forest wood yard station airport river lake ocean sea mountain slope road sidewalk
   path lot court garden desert island shore kitchen bathroom bedroom house barn church zoo farm market store shop restaurant stadium runway tarmac track bridge pasture meadow plain hillside lawn
   driveway patio porch deck harbor dock pier bay pond pool water snow grass sand dirt platform corner intersection highway countryside enclosure pen country world downtown neighborhood`.split(
    /\s+/,
  ),
);

const known = new Map<string, NounKind>();

/** The kind of a noun by its head; "thing" for a word that no table has. */
export function nounKind(name: string): NounKind {
  let kind = known.get(name);
  if (kind === undefined) {
    if (known.size > 20_000) known.clear();
    kind = findKind(name);
    known.set(name, kind);
  }
  return kind;
}

function findKind(name: string): NounKind {
  const head = name.slice(name.lastIndexOf(" ") + 1);
  const generals = generalNouns(name);
  const has = (...kinds: readonly string[]) => kinds.some((kind) => generals.has(kind));
  if (places.has(head)) return "place";
  if (containers.has(head)) return "thing";
  // "a hot dog"
  if (head !== name && has("food")) return "food";
  if (animateNouns.has(head) || isPersonNoun(name) || has("person", "people", "animal", "bird")) return "being";
  if (clothes.has(head) || has("clothing", "clothes", "hat", "shoe")) return "garment";
  if (food.has(head) || has("food", "drink")) return "food";
  if (vehicles.has(head) || has("vehicle")) return "vehicle";
  return has("land", "street", "area", "building", "room") ? "place" : "thing";
}

/**
 * Whether two nouns are of one kind for a predicate that holds both ways between such: two beings, two foods, two
 * vehicles. "with" besides joins two lifeless things without saying which has which: "a table with a lamp" is a lamp
 * with a table, "a room with a lamp" is no lamp with a room.
 */
export function areOfOneKindFor(predicate: string, a: string, b: string): boolean {
  return areOfOneKind(a, b) || (/\bwith$/.test(predicate) && isLifelessThing(a) && isLifelessThing(b));
}

const isLifelessThing = (noun: string): boolean => !["being", "place"].includes(nounKind(noun));

/** Whether a word of age is used of a noun: what lives is young, what does not is new. */
export function fitsAge(attribute: string, noun: string): boolean {
  return attribute === "young" ? nounKind(noun) === "being" : attribute !== "new" || nounKind(noun) !== "being";
}

const clothMaterials: ReadonlySet<string> = new Set(["leather", "knitted", "denim", "velvet"]);
const placeStates: ReadonlySet<string> = new Set(["flooded", "burning", "frozen"]);

/** Whether an attribute reads well of what a noun names: no glass street, no pink man, no wooden dog. */
export function suitsNoun(attribute: string, noun: string): boolean {
  const kind = nounKind(noun);
  switch (attributeType(attribute)) {
    case "material":
      return kind === "thing" || kind === "vehicle" || (kind === "garment" && clothMaterials.has(attribute));
    case "pattern":
      return kind === "thing" || kind === "garment";
    case "colour":
      return kind !== "place" && kind !== "food" && !isPersonNoun(noun);
    case "shape":
      return kind === "thing";
    default:
      return kind === "place"
        ? placeStates.has(attribute) && !/sun|moon|shade/.test(noun)
        : kind === "thing" && !placeStates.has(attribute);
  }
}
