import { describe, expect, it } from "vitest";
import { createTracer } from "../parser.js";
import { openClassRules } from "./tag-open-class.js";

describe("the tagger's rules", () => {
  const trace = createTracer();
  const cases = openClassRules.flatMap(({ name, tag, examples }) =>
    examples.map((example) => [name, tag, example] as const),
  );

  it.each(cases)("%s: %s in %s", (name, tag, example) => {
    const caption = example.replaceAll("*", "");
    expect(trace(caption).find(({ start }) => start === example.indexOf("*"))).toMatchObject({ tag, rule: name });
  });

  it("have a name each and an example each", () => {
    expect(openClassRules.filter(({ examples }) => examples.length === 0)).toEqual([]);
    expect(new Set(openClassRules.map(({ name }) => name)).size).toBe(openClassRules.length);
  });
});
