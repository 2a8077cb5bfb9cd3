import type { SceneObject } from "../graph/scene-graph.js";
import { colours } from "../lexicon/attributes.js";
import { headLemma } from "../lexicon/noun-forms.js";
import { numberWords } from "../lexicon/number-words.js";
import { factualCompound } from "./factual-compound.js";
import type { FactualFact } from "./factual-relation.js";

/** An object as FACTUAL writes it. */
export interface FactualObject {
  readonly name: string;
  /** What is said of it alone: attributes, quantity, and what its compound means. */
  readonly facts: readonly FactualFact[];
}

/**
 * Name and facts of an object in FACTUAL's words: numbers in digits, "left hand" as a name, "snowy" as snow on it.
 * @param said the object's words in the caption, which tell "men" from "man"
 * @param counted whether its number is written, in digits and in the noun
 */
export function factualObject(object: SceneObject, said: string, counted: boolean): FactualObject {
  const words = object.attributes.map((attribute) => attribute.name).filter((word) => !leftOut.test(word));
  const side = words.find((word) => sides.test(word));
  const noun = factualName(object.name, said);
  const compound = side === undefined ? factualCompound(noun) : undefined;
  const head = compound?.head ?? noun;
  const singular = side === undefined ? head : `${side} ${noun}`;
  const name = counted ? inNumberOf(said, singular) : singular;
  return {
    name,
    facts: [
      ...(compound ? [compound.fact(name)] : []),
      ...(counted && object.quantity !== undefined ? quantityFacts(name, object.quantity) : []),
      ...words.filter((word) => word !== side).flatMap((word) => attributeFacts(name, word)),
    ],
  };
}

/** The name with its last word in the number that the caption has it in: FACTUAL writes "two men". */
function inNumberOf(said: string, name: string): string {
  const spoken = said.toLowerCase().split(/\s+/).at(-1)!;
  const last = name.lastIndexOf(" ") + 1;
  return headLemma(spoken) === name.slice(last) ? `${name.slice(0, last)}${spoken}` : name;
}

/** Adjectives of place, which FACTUAL makes a part of the name: "left hand". */
const sides = /^(left|right|front|back|rear|top|bottom|middle|side)$/;
/** Words in front of a noun that FACTUAL leaves out. */
const leftOut = /^(other|same|various|different|own|several|single)$/;

const factualName = (name: string, said: string): string =>
  name
    .replace(/^he$/, "man")
    .replace(/^she$/, "woman")
    .replace(/^they$/, "people")
    .replace(/^some(one|body)$/, "person")
    .replace(/\bguy$/, /s$/i.test(said) ? "people" : "person")
    .replace(/\bhotdog$/, "hot dog")
    .replace(/\b(t|tee)[ -]?shirt$/, "t-shirt")
    .replace(/\b(cell phone|head phones|side walk|(surf|snow) board|counter top|wet suit|wind shield)$/, (found) =>
      found.replace(" ", ""),
    );

const digits: Readonly<Record<string, string>> = { ...numberWords, both: "2" };

/** Numbers from two in digits and a few counting nouns; "several" and the like are left out, as is one. */
function quantityFacts(name: string, quantity: string): readonly FactualFact[] {
  if (quantity === "line of") return [[name, "in", "line"]];
  const counted = /(\w+) of$/.exec(quantity)?.[1];
  const value =
    counted === undefined
      ? (digits[quantity] ?? (/^([2-9]|[1-9]\d+)$/.test(quantity) ? quantity : undefined))
      : /^group(ing)?$/.test(counted)
        ? "group of"
        : /^(piece|slice|block|strip|chunk|part|patch)s?$/.exec(counted)?.[1];
  return value === undefined ? [] : [[name, "is", value]];
}

/** Attributes that FACTUAL writes as facts about another thing. */
const otherThings: Readonly<Record<string, (name: string) => FactualFact>> = {
  fenced: (name) => ["fence", "around", name],
  framed: (name) => [name, "have", "frame"],
  "lined up": (name) => [name, "in", "line"],
  snowy: (name) => ["snow", "on", name],
  tile: (name) => ["tile", "on", name],
  tiled: (name) => ["tile", "on", name],
};

/** Parts by the adjectives made of them: "dark haired" has hair that is dark. */
const parts: Readonly<Record<string, string>> = {
  collared: "collar",
  eyed: "eye",
  faced: "face",
  framed: "frame",
  haired: "hair",
  legged: "leg",
  rimmed: "rim",
  screen: "screen",
  sleeve: "sleeve",
  sleeved: "sleeve",
  tailed: "tail",
  trimmed: "trim",
  wheeled: "wheel",
};

function attributeFacts(name: string, attribute: string): readonly FactualFact[] {
  if (Object.hasOwn(otherThings, attribute)) return [otherThings[attribute]!(name)];
  const [, how, made] = /^(.+)[ -](\w+)$/.exec(attribute) ?? [];
  if (made !== undefined && Object.hasOwn(parts, made)) {
    const part = parts[made]!;
    return [
      [name, "have", part],
      [part, "is", digits[how!] ?? how!],
    ];
  }
  return [[name, "is", factualAttribute(attribute)]];
}

function factualAttribute(word: string): string {
  const colour = /^(.*) colou?r(ed)?$/.exec(word)?.[1];
  if (colour !== undefined && colours.has(colour)) return colour;
  return word
    .replace(/^multi[ -]?colou?red$/, "multi-colored")
    .replace(/^very /, "")
    .replace(/ (together|looking)$/, "")
    .replace(/^blond$/, "blonde")
    .replace(/^wood$/, "wooden")
    .replace(/^sliced$/, "slice");
}
