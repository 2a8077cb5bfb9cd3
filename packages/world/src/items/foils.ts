import { pick, type Rng, shuffled } from "@tesserae/scene-graph/random";
import { type AttributeCategory, type AttributeMention, attributeMention } from "../captions/caption-plan.js";
import { phrasesFor } from "../captions/relation-phrases.js";
import { writeCaption } from "../captions/write-caption.js";
import { colourNames, kindNames } from "../scenes/atoms.js";
import { isUnseenRelationCompound } from "../scenes/compounds.js";
import type { Scene } from "../scenes/scene.js";
import { judge } from "./judge.js";
import { exchangeAttributes, exchangeObjects, isFairFoil, type Variant, withAttribute, withKind } from "./variant.js";

/**
 * Values that attribute foils are made of. "medium" is never said and "plain" rarely, so text alone would know them.
 */
const replaceable: Readonly<Record<AttributeCategory, readonly string[]>> = {
  size: ["small", "large"],
  colour: colourNames,
  pattern: ["striped", "dotted", "checkered"],
};

/** Up to `limit` foils in which one named object is of another kind, in random order. */
export function kindFoils(rng: Rng, scene: Scene, variant: Variant, kind: string, limit: number): Variant[] {
  const foils: Variant[] = [];
  for (const other of shuffled(rng, kindNames)) {
    if (foils.length >= limit) break;
    const foil = withKind(variant, kind, other);
    if (isFairFoil(scene, foil)) foils.push(foil);
  }
  return foils;
}

/** Foils in which one attribute is another of its category, in random order. */
export function attributeFoils(
  rng: Rng,
  scene: Scene,
  variant: Variant,
  kind: string,
  { category, value, word }: AttributeMention,
): Variant[] {
  const values = replaceable[category];
  if (!values.includes(value)) return [];
  const synonym = word === "tiny" || word === "big";
  const other = (name: string): AttributeMention =>
    category === "size"
      ? { category, value: name, word: sizeWord(name, synonym) }
      : attributeMention(rng, category, name);
  return shuffled(
    rng,
    values.filter((name) => name !== value),
  )
    .map((name) => withAttribute(variant, kind, other(name)))
    .filter((foil) => isFairFoil(scene, foil));
}

function sizeWord(value: string, synonym: boolean): string {
  if (value === "small") return synonym ? "tiny" : "small";
  return synonym ? "big" : "large";
}

/** Foils in which two named objects exchange an attribute of one category. */
export function attributeSwaps(scene: Scene, variant: Variant, categories: readonly AttributeCategory[]): Variant[] {
  const { mentions } = variant.plan;
  const foils = mentions.flatMap((first, index) =>
    mentions
      .slice(index + 1)
      .flatMap((second) =>
        categories
          .filter((category) => says(first.attributes, category) && says(second.attributes, category))
          .map((category) => exchangeAttributes(variant, first.kind, second.kind, category)),
      ),
  );
  return foils.filter((foil) => isFairFoil(scene, foil));
}

function says(attributes: readonly AttributeMention[], category: AttributeCategory): boolean {
  return attributes.some((attribute) => attribute.category === category);
}

/** Foils in which the two objects of a clause, with all that is said of them, change places. */
export function objectSwaps(scene: Scene, variant: Variant): Variant[] {
  const { mentions, clauses } = variant.plan;
  return clauses
    .map(({ subject, object }) => exchangeObjects(variant, mentions[subject]!.kind, mentions[object]!.kind))
    .filter((foil) => isFairFoil(scene, foil));
}

/** Foils in which a "left of", "right of", "above" or "below" is another of these. */
export function relationFoils(rng: Rng, scene: Scene, variant: Variant): Variant[] {
  const { mentions, clauses } = variant.plan;
  const level = (["left of", "above"] as const).flatMap((relation) => [
    phrasesFor(relation, false)[0]!,
    phrasesFor(relation, true)[0]!,
  ]);
  return clauses.flatMap((clause, index) => {
    if (!level.includes(clause.phrase)) return [];
    const foils = level.map((phrase): Variant => {
      const changed = clauses.map((one, which) => (which === index ? { ...one, phrase } : one));
      return { ...variant, plan: { ...variant.plan, clauses: changed } };
    });
    const fair = foils.filter(({ plan }) => {
      const { relation } = plan.clauses[index]!.phrase;
      const seen = !isUnseenRelationCompound(mentions[clause.subject]!.kind, relation, mentions[clause.object]!.kind);
      return seen && judge(scene, writeCaption(plan)) === "false";
    });
    return shuffled(rng, fair);
  });
}

/** One foil or none. */
export function oneOf(rng: Rng, foils: readonly Variant[]): Variant[] {
  return foils.length === 0 ? [] : [pick(rng, foils)];
}
