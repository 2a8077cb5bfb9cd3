import { existsSync, readFileSync } from "node:fs";
import { parse, tuples } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";
import { createCaptionPairs } from "./fixtures/caption-pairs.js";

const file = new URL("../../../../../shared/data/karpathy/coco_dataset_test.txt", import.meta.url);
const factsOf = (caption: string) => tuples(parse(caption)).map((fact) => fact.join("|"));
const lower = (text: string) => `${text[0]!.toLowerCase()}${text.slice(1)}`;

// Without the data (it is not a part of this repository) these are skipped.
describe.skipIf(!existsSync(file))("captions made of captions", () => {
  const captions = () =>
    readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line) => line.split("\t")[2]?.trim() ?? []);

  /** Ways to join two captions, and the share of pairs whose facts must be those of both. */
  const joins: readonly (readonly [string, (a: string, b: string) => string, number])[] = [
    ["and", (a, b) => `${a} and ${lower(b)}.`, 0.9],
    [", and", (a, b) => `${a}, and ${lower(b)}.`, 0.95],
    ["while", (a, b) => `${a} while ${lower(b)}.`, 0.98],
    [".", (a, b) => `${a}. ${b}.`, 0.995],
  ];
  it.each(joins)("joined by %s say what both say", { timeout: 120_000 }, (_name, join, required) => {
    const { pairs } = createCaptionPairs(captions(), 3000);
    const right = pairs.filter(([a, b]) => {
      const both = new Set([...factsOf(`${a}.`), ...factsOf(`${b}.`)]);
      const found = factsOf(join(a, b));
      return found.length === both.size && found.every((fact) => both.has(fact));
    });
    expect(right.length / pairs.length).toBeGreaterThanOrEqual(required);
  });

  /** Ways to deny a caption, and the share of captions of which nothing may stay. */
  const denials: readonly (readonly [string, (caption: string) => string, number])[] = [
    ["There is no", (caption) => `There is no ${caption}.`, 0.98],
    ["There isn't any", (caption) => `There isn't any ${caption}.`, 0.98],
    ["No", (caption) => `No ${caption}.`, 0.98],
    ["Nowhere is there a", (caption) => `Nowhere is there a ${caption}.`, 0.98],
    ["Without any", (caption) => `Without any ${caption}.`, 0.98],
  ];
  it.each(denials)("denied by %s say nothing", { timeout: 120_000 }, (_name, deny, required) => {
    const { clauses } = createCaptionPairs(captions(), 0);
    const stripped = clauses
      .filter((caption) => /^an? /i.test(caption))
      .map((caption) => caption.replace(/^an? /i, ""));
    const sample = stripped.filter((_, i) => i % 5 === 0);
    const empty = sample.filter((caption) => factsOf(deny(caption)).length === 0);
    expect(empty.length / sample.length).toBeGreaterThanOrEqual(required);
  });
});
