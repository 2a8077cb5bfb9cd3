import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";

interface Expected {
  /** "{quantity} {attributes} {name}" by id, in brackets what the caption says. */
  readonly objects: readonly string[];
  readonly relations: readonly string[];
}

/**
 * Captions with which users of other parsers report failures (the issues of vacancy/SceneGraphParser and zhuang-li/FactualSceneGraph are named):
 * no relation, a lost attribute, merged objects, invented words.
 */
const graphs: Readonly<Record<string, Expected>> = {
  // vacancy/SceneGraphParser#22: two entities and no relation.
  "the chair is in front of the desk": {
    objects: ["o1 chair [the chair]", "o2 desk [the desk]"],
    relations: ["o1 in front of o2 [in front of]"],
  },
  // #1: no output.
  "a man is standing in front of a table": {
    objects: ["o1 man [a man]", "o2 table [a table]"],
    relations: ["o1 stand in front of o2 [standing in front of]"],
  },
  // #20: only the building in the airport.
  "many planes are parked next to a long building in an airport": {
    objects: ["o1 many plane [many planes]", "o2 long building [a long building]", "o3 airport [an airport]"],
    relations: ["o1 park next to o2 [parked next to]", "o2 in o3 [in]"],
  },
  // #1: "each other" and adverbial clauses.
  "two buses are next to each other": {
    objects: ["o1 two bus [two buses]"],
    relations: ["o1 next to o1 [next to]"],
  },
  "a cat and a dog looking at each other": {
    objects: ["o1 cat [a cat]", "o2 dog [a dog]"],
    relations: ["o1 look at o2 [looking at]", "o2 look at o1 [looking at]"],
  },
  "a man eats a sandwich while a dog watches him": {
    objects: ["o1 man [a man]", "o2 sandwich [a sandwich]", "o3 dog [a dog]"],
    relations: ["o1 eat o2 [eats]", "o3 watch o1 [watches]"],
  },
  // Predicate adjectives that do not become attributes.
  "the car is red": { objects: ["o1 red car [the car]"], relations: [] },
  // #19: "black" is lost to the compound; lists of colours.
  "a black computer monitor": { objects: ["o1 black computer monitor [a black computer monitor]"], relations: [] },
  "a black and white cat": { objects: ["o1 black white cat [a black and white cat]"], relations: [] },
  "a red, yellow and green kite": {
    objects: ["o1 red yellow green kite [a red, yellow and green kite]"],
    relations: [],
  },
  // Relative clauses.
  "the car that is parked is red": { objects: ["o1 parked red car [the car]"], relations: [] },
  "the woman who is holding an umbrella is tall": {
    objects: ["o1 tall woman [the woman]", "o2 umbrella [an umbrella]"],
    relations: ["o1 hold o2 [holding]"],
  },
  // #7: no pronouns, quantifiers or plurals.
  "three dogs chase a ball. they are brown.": {
    objects: ["o1 three brown dog [three dogs]", "o2 ball [a ball]"],
    relations: ["o1 chase o2 [chase]"],
  },
  // zhuang-li/FactualSceneGraph#4: which of two men.
  "a man in a hat talks to a man in a suit": {
    objects: ["o1 man [a man]", "o2 hat [a hat]", "o3 man [a man]", "o4 suit [a suit]"],
    relations: ["o1 in o2 [in]", "o1 talk to o3 [talks to]", "o3 in o4 [in]"],
  },
  // #5: a phone that the caption does not mention.
  "a woman talking on a bench": {
    objects: ["o1 woman [a woman]", "o2 bench [a bench]"],
    relations: ["o1 talk on o2 [talking on]"],
  },
};

it.each(Object.entries(graphs))("%s", (caption, expected) => {
  const { objects, relations, diagnostics } = parse(caption);
  const said = ({ start, end }: { start: number; end: number }) => caption.slice(start, end);
  expect({
    objects: objects.map(({ id, name, attributes, quantity, phrase }) =>
      [id, quantity, ...attributes.map((attribute) => attribute.name), name, `[${said(phrase!)}]`]
        .filter(Boolean)
        .join(" "),
    ),
    relations: relations.map(
      ({ subject, predicate, object, span }) => `${subject} ${predicate} ${object} [${said(span)}]`,
    ),
  }).toEqual(expected);
  expect(diagnostics).toEqual([]);
});
