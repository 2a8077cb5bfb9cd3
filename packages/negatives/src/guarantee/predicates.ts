/**
 * What predicates say about each other. Small tables of what a caption's relation implies or leaves open, for the guarantee that a
 * negative is not true of the caption; they cover the relations of ordinary captions and make no claim beyond.
 */

type Family = "on" | "in" | "near" | "below" | "above" | "behind" | "front" | "left" | "right" | "with";

const families: Readonly<Record<Family, readonly string[]>> = {
  on: ["on", "on top of", "upon", "atop", "onto", "on the back of", "on back of", "ride"],
  in: ["in", "inside", "inside of", "within", "into", "in the middle of", "wear"],
  near: [
    "near",
    "next to",
    "beside",
    "by",
    "at",
    "around",
    "close to",
    "alongside",
    "along",
    "near to",
    "adjacent to",
    "against",
    "touch",
    "on the side of",
    "on side of",
  ],
  below: ["below", "under", "beneath", "underneath"],
  above: ["above", "over"],
  behind: ["behind", "in back of"],
  front: ["in front of", "before"],
  left: ["left of", "to the left of", "on the left of", "to left of"],
  right: ["right of", "to the right of", "on the right of", "to right of"],
  with: ["with", "have", "hold", "carry", "along with", "together with"],
};

const familyOfPhrase = new Map(
  Object.entries(families).flatMap(([family, phrases]) => phrases.map((phrase) => [phrase, family as Family] as const)),
);

/** Families whose members may both hold of the same two things. */
const mayCoincide: Readonly<Record<Family, readonly Family[]>> = {
  on: ["on", "above", "near", "in"],
  in: ["in", "on", "near", "with"],
  near: ["near", "left", "right", "front", "behind", "above", "below", "with", "on", "in"],
  below: ["below", "near"],
  above: ["above", "on", "near"],
  behind: ["behind", "near"],
  front: ["front", "near"],
  left: ["left", "near"],
  right: ["right", "near"],
  with: ["with", "near", "in"],
};

const inverses: Partial<Record<Family, Family>> = {
  above: "below",
  below: "above",
  on: "below",
  front: "behind",
  behind: "front",
  left: "right",
  right: "left",
};

/** Predicates that hold both ways, alone and after a verb of posture ("stand next to"). */
const symmetric = new Set([
  "near",
  "near to",
  "next to",
  "beside",
  "by",
  "close to",
  "alongside",
  "adjacent to",
  "touch",
  "along with",
  "together with",
  "and",
  "across from",
  "opposite",
  "match",
]);
const postures = new Set(["stand", "sit", "lie", "lay", "rest", "park", "walk", "sleep", "stay", "be"]);

function withoutPosture(predicate: string): string {
  const space = predicate.indexOf(" ");
  return postures.has(predicate.slice(0, space)) ? predicate.slice(space + 1) : predicate;
}

/** The symmetric predicate that a predicate is, without its verb of posture. */
function symmetricPart(predicate: string): string | undefined {
  const rest = withoutPosture(predicate);
  return symmetric.has(rest) ? rest : undefined;
}

const cache = new Map<string, Family | undefined>();

/** The family of a predicate by its longest known ending: "sit in front of" is of "front". */
function familyOf(predicate: string): Family | undefined {
  if (cache.has(predicate)) return cache.get(predicate);
  let rest = predicate;
  let family = familyOfPhrase.get(rest);
  while (family === undefined && rest.includes(" ")) {
    rest = rest.slice(rest.indexOf(" ") + 1);
    family = familyOfPhrase.get(rest);
  }
  if (cache.size > 10_000) cache.clear();
  cache.set(predicate, family);
  return family;
}

const isSpatialPhrase = (predicate: string) => familyOfPhrase.has(predicate);

/** Whether "a candidate b" is true wherever "a stated b" is. */
export function entailsPredicate(stated: string, candidate: string): boolean {
  if (candidate === stated) return true;
  const family = familyOf(candidate);
  if (family === undefined || family !== familyOf(stated)) return stated.endsWith(` ${candidate}`);
  return isSpatialPhrase(candidate) && family !== "with";
}

/**
 * Whether "b candidate a" is true wherever "a stated b" is: inverse predicates ("left of", "right of") and symmetric ones ("next to").
 * "with" is symmetric between things of one kind ("a man with a dog"); else it says what has what ("a kitchen with windows").
 */
export function entailsInverse(stated: string, candidate: string, areOfOneKind: boolean): boolean {
  if (areOfOneKind && withoutPosture(stated) === "with") return withoutPosture(candidate) === "with";
  const both = symmetricPart(stated);
  if (both !== undefined) {
    const other = symmetricPart(candidate);
    return other !== undefined && (other === both || familyOf(other) === familyOf(both));
  }
  const from = familyOf(stated);
  return from !== undefined && inverses[from] === familyOf(candidate) && isSpatialPhrase(candidate);
}

/** Whether "a candidate b" may be true where "a stated b" is, so that it must not replace it in a negative. */
export function areCompatiblePredicates(candidate: string, stated: string): boolean {
  if (candidate === stated || candidate.endsWith(` ${stated}`) || stated.endsWith(` ${candidate}`)) return true;
  const from = familyOf(stated);
  const to = familyOf(candidate);
  return from !== undefined && to !== undefined && mayCoincide[from].includes(to);
}
