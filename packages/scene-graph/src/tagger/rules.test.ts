import { describe, expect, it } from "vitest";
import { createTracer } from "../parser.js";
import { closedClassRules } from "./rules/closed-classes.js";
import { openClassRules } from "./tag-open-class.js";

describe("the tagger's rules", () => {
  const trace = createTracer();
  const rules = [...openClassRules, ...[...closedClassRules.values()].flat()];
  const cases = rules.flatMap(({ name, tag, examples }) => examples.map((example) => [name, tag, example] as const));

  it.each(cases)("%s: %s in %s", (name, tag, example) => {
    const caption = example.replaceAll("*", "");
    expect(trace(caption).find(({ start }) => start === example.indexOf("*"))).toMatchObject({ tag, rule: name });
  });

  it("have a name each and an example each", () => {
    expect(rules.filter(({ examples }) => examples.length === 0)).toEqual([]);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  });
});
