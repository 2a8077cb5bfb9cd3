/** What attributes say about each other: their types, and the few that mean the same. */

export type AttributeType = "colour" | "size" | "pattern" | "material" | "shape" | "age";

const types: Readonly<Record<AttributeType, readonly string[]>> = {
  colour: [
    "red",
    "green",
    "blue",
    "yellow",
    "orange",
    "purple",
    "pink",
    "brown",
    "black",
    "white",
    "gray",
    "grey",
    "silver",
    "gold",
    "golden",
    "beige",
    "tan",
    "cyan",
    "teal",
    "maroon",
    "violet",
    "turquoise",
    "blonde",
    "blond",
    "cream",
  ],
  size: [
    "small",
    "large",
    "big",
    "tiny",
    "huge",
    "little",
    "giant",
    "tall",
    "short",
    "long",
    "medium",
    "medium-sized",
    "enormous",
    "massive",
  ],
  pattern: [
    "striped",
    "dotted",
    "spotted",
    "checkered",
    "checked",
    "plaid",
    "plain",
    "floral",
    "flowered",
    "patterned",
    "solid",
    "polka-dotted",
  ],
  material: [
    "wooden",
    "wood",
    "metal",
    "plastic",
    "glass",
    "stone",
    "brick",
    "leather",
    "paper",
    "concrete",
    "stainless",
    "steel",
    "ceramic",
    "cardboard",
  ],
  shape: ["round", "square", "rectangular", "circular", "oval", "triangular", "flat", "curved"],
  age: ["young", "old", "older", "elderly", "new", "ancient", "antique", "vintage", "modern"],
};

const typeOf = new Map(
  Object.entries(types).flatMap(([type, names]) => names.map((name) => [name, type as AttributeType] as const)),
);

/** The type of an attribute, or undefined for one that stands in no list. */
export function attributeType(name: string): AttributeType | undefined {
  return typeOf.get(name);
}

const sameProperty = new Map([
  ["grey", "gray"],
  ["golden", "gold"],
  ["blond", "blonde"],
  ["wood", "wooden"],
  ["big", "large"],
  ["little", "small"],
  ["tiny", "small"],
  ["huge", "large"],
  ["giant", "large"],
  ["enormous", "large"],
  ["massive", "large"],
  ["older", "old"],
  ["elderly", "old"],
  ["checked", "checkered"],
  ["spotted", "dotted"],
]);
const canonical = (name: string) => sameProperty.get(name) ?? name;

/** Whether what is `stated` is also `candidate`: the same word or one of the same meaning. */
export function entailsAttribute(stated: string, candidate: string): boolean {
  return candidate === stated || canonical(candidate) === canonical(stated);
}
