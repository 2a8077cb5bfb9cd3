import { headLemma } from "./lemma.js";
import type { SceneGraph } from "./scene-graph.js";
import { comparableFacts } from "./score.js";
import { colours } from "./word-lists.js";

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
  const given = comparableFacts(candidate);
  const wanted = comparableFacts(reference);
  const found: Difference[] = [];
  const objects = unmatched(given, wanted, 1);
  const renamed = new Map<string, string>();
  const pairObjects = (kind: DifferenceKind, fits: (surplus: string, missing: string) => boolean) => {
    for (const { surplus, missing } of pair(objects, ([a], [b]) => fits(a!, b!))) {
      renamed.set(surplus[0]!, missing[0]!);
      found.push({ kind, missing, surplus });
    }
  };
  const isAttribute = (facts: readonly Fact[], name: string, of: string) =>
    facts.some(([object, is, value]) => object === name && is === "is" && sharesWord(value!, of));
  pairObjects("noun form", sameStem);
  pairObjects(
    "compound against attribute",
    (surplus, missing) =>
      (surplus.endsWith(` ${missing}`) && isAttribute(wanted, missing, surplus)) ||
      (missing.endsWith(` ${surplus}`) && isAttribute(given, surplus, missing)),
  );
  pairObjects(
    "length of a compound",
    (surplus, missing) => surplus.endsWith(` ${missing}`) || missing.endsWith(` ${surplus}`),
  );
  pairObjects("name of an object", sharesWord);
  for (const missing of objects.missing) found.push({ kind: "object missing", missing });
  for (const surplus of objects.surplus) found.push({ kind: "object surplus", surplus });
  const lost = new Set(objects.missing.map(([name]) => name));
  const invented = new Set(objects.surplus.map(([name]) => name));

  const rename = (name: string) => renamed.get(name) ?? name;
  const after = given.map((fact) =>
    fact.length === 3 ? [rename(fact[0]!), fact[1]!, fact[1] === "is" ? fact[2]! : rename(fact[2]!)] : fact,
  );
  const compounds = new Map(
    found.flatMap(({ kind, missing, surplus }) =>
      kind === "compound against attribute" ? [[missing![0]!, `${missing![0]} ${surplus![0]}`]] : [],
    ),
  );
  const statements = unmatched(after, wanted, 3);
  const drop = (facts: Fact[], useless: (fact: Fact) => boolean) =>
    facts.splice(0, facts.length, ...facts.filter((fact) => !useless(fact)));
  // What is said of an object that the other graph does not have is a part of that difference.
  const inCompound = ([object, is, value]: Fact) => is === "is" && sharesWord(compounds.get(object!) ?? "", value!);
  drop(
    statements.missing,
    (fact) => inCompound(fact) || lost.has(fact[0]!) || (fact[1] !== "is" && lost.has(fact[2]!)),
  );
  drop(
    statements.surplus,
    (fact) => inCompound(fact) || invented.has(fact[0]!) || (fact[1] !== "is" && invented.has(fact[2]!)),
  );
  const attributes: Facts = { missing: statements.missing.filter(isIs), surplus: statements.surplus.filter(isIs) };
  const relations: Facts = {
    missing: statements.missing.filter((fact) => !isIs(fact)),
    surplus: statements.surplus.filter((fact) => !isIs(fact)),
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
  for (const missing of attributes.missing)
    found.push({
      kind: quantity(missing[2]!)
        ? "quantity"
        : participle(missing[2]!)
          ? "participle as attribute"
          : "attribute missing",
      missing,
    });
  for (const surplus of attributes.surplus)
    found.push({
      kind: quantity(surplus[2]!)
        ? "quantity"
        : participle(surplus[2]!)
          ? "participle as attribute"
          : "attribute surplus",
      surplus,
    });
  for (const missing of relations.missing) found.push({ kind: "relation missing", missing });
  for (const surplus of relations.surplus) found.push({ kind: "relation surplus", surplus });
  return found;
}

interface Facts {
  readonly missing: Fact[];
  readonly surplus: Fact[];
}

const isIs = (fact: Fact) => fact[1] === "is";

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
