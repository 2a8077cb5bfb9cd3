import type { SceneGraph } from "../graph/scene-graph.js";
import { colours } from "../lexicon/attributes.js";
import { headLemma } from "../lexicon/noun-forms.js";
import { lemmatizedTuples } from "./score.js";

/** What kind of thing two graphs say differently. */
export type DifferenceKind =
  | "noun form"
  | "compound against attribute"
  | "length of a compound"
  | "name of an object"
  | "object missing"
  | "object surplus"
  | "quantity"
  | "participle as attribute"
  | "attribute of another object"
  | "wording of an attribute"
  | "attribute missing"
  | "attribute surplus"
  | "have against with"
  | "wearing"
  | "direction of a relation"
  | "wording of a predicate"
  | "attachment of a phrase"
  | "relation missing"
  | "relation surplus";

/** One difference: what the reference says and the candidate does not, and the other way round. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly missing?: readonly string[];
  readonly surplus?: readonly string[];
}

type Fact = readonly string[];

const keyOf = (fact: Fact) => fact.join("\u0000");
const wordsOf = (text: string) => text.split(" ");
const stem = (word: string) => headLemma(word).replace(/(ing|ed|es|s|e|y|ie)$/, "");
const sameStem = (a: string, b: string) =>
  a.replaceAll(/[\s-]/g, "") === b.replaceAll(/[\s-]/g, "") ||
  wordsOf(a).map(stem).join(" ") === wordsOf(b).map(stem).join(" ");
const sharesWord = (a: string, b: string) => wordsOf(a).some((word) => wordsOf(b).includes(word));
const participle = (word: string) =>
  /(ing|ed|en|wn)$/.test(wordsOf(word)[0]!) && !/^(wooden|golden|open)$/.test(word) && !colours.has(word);
const quantity = (word: string) => /^(\d+|group of|many|several|two|three|four|some|multiple|few|pair of)$/.test(word);

/**
 * Explains why two graphs do not match: pairs each fact that only one of them states with the fact of the other that it most likely stands for.
 * An object under another name is one difference, not one for each fact that names it.
 */
export function differences(candidate: SceneGraph, reference: SceneGraph): readonly Difference[] {
  const given = lemmatizedTuples(candidate, { exact: true });
  const wanted = lemmatizedTuples(reference, { exact: true });
  const objects = objectDifferences(given, wanted);
  return [...objects.found, ...statementDifferences(given, wanted, objects)];
}

/** How the objects differ, and what follows for the facts that name them. */
interface ObjectDifferences {
  readonly found: readonly Difference[];
  /** The reference's name of an object, by the candidate's. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Names without a counterpart on the other side. */
  readonly lost: ReadonlySet<string>;
  readonly invented: ReadonlySet<string>;
  /** What a compound of one side is made of, by the name of the object on the other. */
  readonly compounds: ReadonlyMap<string, string>;
}

function objectDifferences(given: readonly Fact[], wanted: readonly Fact[]): ObjectDifferences {
  const objects = unmatched(given, wanted, 1);
  const found: Difference[] = [];
  const renamed = new Map<string, string>();
  const compounds = new Map<string, string>();
  const pairObjects = (kind: DifferenceKind, fits: (surplus: string, missing: string) => boolean) => {
    for (const { surplus, missing } of pair(objects, ([a], [b]) => fits(a!, b!))) {
      renamed.set(surplus[0]!, missing[0]!);
      if (kind === "compound against attribute") compounds.set(missing[0]!, `${missing[0]} ${surplus[0]}`);
      found.push({ kind, missing, surplus });
    }
  };
  const isAttribute = (facts: readonly Fact[], name: string, of: string) =>
    facts.some(([object, is, value]) => object === name && is === "is" && sharesWord(value!, of));
  const endsWith = (long: string, short: string) => long.endsWith(` ${short}`);
  pairObjects("noun form", sameStem);
  pairObjects(
    "compound against attribute",
    (surplus, missing) =>
      (endsWith(surplus, missing) && isAttribute(wanted, missing, surplus)) ||
      (endsWith(missing, surplus) && isAttribute(given, surplus, missing)),
  );
  pairObjects("length of a compound", (surplus, missing) => endsWith(surplus, missing) || endsWith(missing, surplus));
  pairObjects("name of an object", sharesWord);
  for (const missing of objects.missing) found.push({ kind: "object missing", missing });
  for (const surplus of objects.surplus) found.push({ kind: "object surplus", surplus });
  const names = (facts: readonly Fact[]) => new Set(facts.map(([name]) => name!));
  return { found, renamed, lost: names(objects.missing), invented: names(objects.surplus), compounds };
}

function statementDifferences(
  given: readonly Fact[],
  wanted: readonly Fact[],
  { renamed, lost, invented, compounds }: ObjectDifferences,
): readonly Difference[] {
  const found: Difference[] = [];
  const rename = (name: string) => renamed.get(name) ?? name;
  const after = given.map((fact) =>
    fact.length === 3 ? [rename(fact[0]!), fact[1]!, isIs(fact) ? fact[2]! : rename(fact[2]!)] : fact,
  );
  const statements = unmatched(after, wanted, 3);
  // What is said of an object that the other graph does not have is a part of that difference.
  const without = (facts: readonly Fact[], absent: ReadonlySet<string>) =>
    facts.filter(
      (fact) =>
        !(isIs(fact) && sharesWord(compounds.get(fact[0]!) ?? "", fact[2]!)) &&
        !absent.has(fact[0]!) &&
        (isIs(fact) || !absent.has(fact[2]!)),
    );
  const missing = without(statements.missing, lost);
  const surplus = without(statements.surplus, invented);
  const attributes: Facts = { missing: missing.filter(isIs), surplus: surplus.filter(isIs) };
  const relations: Facts = {
    missing: missing.filter((fact) => !isIs(fact)),
    surplus: surplus.filter((fact) => !isIs(fact)),
  };
  const pairs = (
    facts: Facts,
    kind: DifferenceKind | ((surplus: Fact, missing: Fact) => DifferenceKind),
    fits: (surplus: Fact, missing: Fact) => boolean,
  ) => {
    for (const { surplus, missing } of pair(facts, fits))
      found.push({ kind: typeof kind === "string" ? kind : kind(surplus, missing), missing, surplus });
  };
  pairs(attributes, "attribute of another object", (surplus, missing) => surplus[2] === missing[2]);
  pairs(
    attributes,
    (surplus, missing) => (quantity(missing[2]!) || quantity(surplus[2]!) ? "quantity" : "wording of an attribute"),
    (surplus, missing) =>
      surplus[0] === missing[0] &&
      (sharesWord(surplus[2]!, missing[2]!) ||
        sameStem(surplus[2]!, missing[2]!) ||
        (quantity(missing[2]!) && quantity(surplus[2]!))),
  );
  pairs(relations, wordingKind, (surplus, missing) => surplus[0] === missing[0] && surplus[2] === missing[2]);
  pairs(
    relations,
    "direction of a relation",
    (surplus, missing) => surplus[0] === missing[2] && surplus[2] === missing[0],
  );
  pairs(
    relations,
    "attachment of a phrase",
    (surplus, missing) => surplus[0] === missing[0] || surplus[2] === missing[2],
  );
  for (const missing of attributes.missing) found.push({ kind: attributeKind(missing, "attribute missing"), missing });
  for (const surplus of attributes.surplus) found.push({ kind: attributeKind(surplus, "attribute surplus"), surplus });
  for (const missing of relations.missing) found.push({ kind: "relation missing", missing });
  for (const surplus of relations.surplus) found.push({ kind: "relation surplus", surplus });
  return found;
}

interface Facts {
  readonly missing: Fact[];
  readonly surplus: Fact[];
}

const isIs = (fact: Fact) => fact[1] === "is";

function attributeKind([, , value]: Fact, otherwise: DifferenceKind): DifferenceKind {
  if (quantity(value!)) return "quantity";
  return participle(value!) ? "participle as attribute" : otherwise;
}

function wordingKind([, surplus]: Fact, [, missing]: Fact): DifferenceKind {
  const both = [surplus, missing];
  if (both.includes("wear")) return "wearing";
  if (both.includes("have") && (both.includes("with") || both.includes("of"))) return "have against with";
  return "wording of a predicate";
}

/** The facts of a length that only one side states. */
function unmatched(given: readonly Fact[], wanted: readonly Fact[], length: number): Facts {
  const a = new Set(given.map(keyOf));
  const b = new Set(wanted.map(keyOf));
  return {
    missing: wanted.filter((fact) => fact.length === length && !a.has(keyOf(fact))),
    surplus: given.filter((fact) => fact.length === length && !b.has(keyOf(fact))),
  };
}

/** Takes out of both sides the facts that stand for each other. */
function pair(facts: Facts, fits: (surplus: Fact, missing: Fact) => boolean): { surplus: Fact; missing: Fact }[] {
  const pairs: { surplus: Fact; missing: Fact }[] = [];
  for (const surplus of [...facts.surplus]) {
    const at = facts.missing.findIndex((missing) => fits(surplus, missing));
    if (at < 0) continue;
    pairs.push({ surplus, missing: facts.missing.splice(at, 1)[0]! });
    facts.surplus.splice(facts.surplus.indexOf(surplus), 1);
  }
  return pairs;
}
