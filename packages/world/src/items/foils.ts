import { type Rng, shuffled } from "@tesserae/scene-graph/random";
import {
  type AttributeCategory,
  type AttributeMention,
  attributeMention,
  type Clause,
} from "../captions/caption-plan.js";
import { phrasesFor } from "../captions/relation-phrases.js";
import type { WorldLevel } from "../scenes/levels.js";
import {
  type Counterfactual,
  exchangeAttributes,
  exchangeKinds,
  exchangeObjects,
  withAttribute,
  withKind,
} from "./counterfactual.js";

/** Changes of a caption, in random order, each with the scene description of which it would be true. */
export type Edits = (rng: Rng, level: WorldLevel, truth: Counterfactual) => Counterfactual[];

/** One named object is of another kind. */
export const replaceKind: Edits = (rng, level, truth) =>
  shuffled(
    rng,
    truth.plan.mentions.flatMap(({ kind }) => level.kinds.map((other) => ({ kind, other }))),
  )
    .filter(({ kind, other }) => kind !== other)
    .map(({ kind, other }) => withKind(truth, kind, other));

/** One attribute is another of its category. "medium" is never said and "plain" rarely, so text alone would know them. */
export const replaceAttribute: Edits = (rng, level, truth) => {
  const values: Readonly<Record<AttributeCategory, readonly string[]>> = {
    size: ["small", "large"],
    colour: level.colours,
    pattern: ["striped", "dotted", "checkered"],
  };
  const changes = truth.plan.mentions.flatMap(({ kind, attributes }) =>
    attributes
      .filter(({ category, value }) => values[category].includes(value))
      .flatMap((old) =>
        values[old.category]
          .filter((value) => value !== old.value)
          .map((value) => withAttribute(truth, kind, otherAttribute(rng, old, value))),
      ),
  );
  return shuffled(rng, changes);
};

/** A synonym stays one: "tiny" becomes "big", "small" becomes "large". */
function otherAttribute(rng: Rng, { category, word }: AttributeMention, value: string): AttributeMention {
  if (category !== "size") return attributeMention(rng, category, value);
  const synonym = word === "tiny" || word === "big";
  return { category, value, word: value === "small" ? (synonym ? "tiny" : "small") : synonym ? "big" : "large" };
}

/** A "left of", "right of", "above" or "below" is another of these. */
export const replaceRelation: Edits = (rng, _level, truth) => {
  const { clauses } = truth.plan;
  const words = (["left of", "above"] as const).flatMap((relation) =>
    [false, true].map((inverse) => phrasesFor(relation, inverse)[0]!),
  );
  const changes = clauses.flatMap((clause, which) =>
    words.includes(clause.phrase)
      ? words
          .filter((phrase) => phrase !== clause.phrase)
          .map((phrase) => withClause(truth, which, { ...clause, phrase }))
      : [],
  );
  return shuffled(rng, changes);
};

/** A caption with one clause changed; the scene of which it would be true is described by the caption alone. */
function withClause({ objects, relations, plan }: Counterfactual, which: number, clause: Clause): Counterfactual {
  const old = plan.clauses[which]!;
  const kindOf = (mention: number) => plan.mentions[mention]!.kind;
  const indexOf = (mention: number) => objects.findIndex(({ kind }) => kind === kindOf(mention));
  const ends = [indexOf(old.subject), indexOf(old.object)];
  const [subject, object] = clause.phrase.inverse ? [clause.object, clause.subject] : [clause.subject, clause.object];
  const stated = { subject: indexOf(subject), predicate: clause.phrase.relation, object: indexOf(object) };
  return {
    objects,
    relations: relations.map((one) => (ends.includes(one.subject) && ends.includes(one.object) ? stated : one)),
    plan: { ...plan, clauses: plan.clauses.map((one, index) => (index === which ? clause : one)) },
  };
}

/** The two objects of a clause, with all that is said of them, change places. */
export const swapEnds: Edits = (rng, _level, truth) => shuffled(rng, overClauses(truth, exchangeObjects));

/** The two objects of a clause exchange their kinds, and nothing else. */
export const swapKinds: Edits = (rng, _level, truth) => shuffled(rng, overClauses(truth, exchangeKinds));

function overClauses(
  truth: Counterfactual,
  exchange: (truth: Counterfactual, first: string, second: string) => Counterfactual,
): Counterfactual[] {
  const { mentions, clauses } = truth.plan;
  return clauses.map(({ subject, object }) => exchange(truth, mentions[subject]!.kind, mentions[object]!.kind));
}

/** Two named objects exchange an attribute of one category. */
export function swapAttributes(categories: readonly AttributeCategory[]): Edits {
  return (rng, _level, truth) => {
    const { mentions } = truth.plan;
    const says = (index: number, category: AttributeCategory) =>
      mentions[index]!.attributes.some((attribute) => attribute.category === category);
    const changes = mentions.flatMap((first, index) =>
      mentions
        .slice(index + 1)
        .flatMap((second, offset) =>
          categories
            .filter((category) => says(index, category) && says(index + 1 + offset, category))
            .map((category) => exchangeAttributes(truth, first.kind, second.kind, category)),
        ),
    );
    return shuffled(rng, changes);
  };
}
