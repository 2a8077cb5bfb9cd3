import { existsSync, readFileSync } from "node:fs";
import { createParser, parse, type SceneGraph, tag } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const data = (path: string) => new URL(`../../../../shared/data/${path}`, import.meta.url);
const sets = {
  "Karpathy's test captions of COCO": {
    file: data("karpathy/coco_dataset_test.txt"),
    count: 25_010,
    read: (text: string) => text.split("\n").flatMap((line) => line.split("\t")[2] ?? []),
  },
  "the captions of COCO's val2017": {
    file: data("coco/captions_val2017.json"),
    count: 25_014,
    read: (text: string) =>
      (JSON.parse(text) as { annotations: { caption: string }[] }).annotations.map(({ caption }) => caption),
  },
};

// Without the data (it is not a part of this repository) these are skipped.
describe.each(Object.entries(sets))("on %s", (_, { file, count, read }) => {
  it.skipIf(!existsSync(file))("every graph keeps what the parser promises", { timeout: 600_000 }, () => {
    const captions = read(readFileSync(file, "utf8"));
    expect(captions.length).toBe(count);
    const again = createParser();
    let empty = 0;
    const broken = captions.flatMap((caption) => {
      const graph = parse(caption);
      if (graph.objects.length === 0) empty++;
      const problem =
        problemOf(graph) ??
        (JSON.stringify(again(caption)) === JSON.stringify(graph) ? undefined : "not the same twice");
      return problem === undefined ? [] : [`${problem}: ${caption}`];
    });
    expect(broken).toEqual([]);
    expect(empty / count).toBeLessThan(0.01);
  });
});

/** What is wrong with a graph, or undefined: a span that leaves the caption or does not hold the words it names, a relation without its objects. */
function problemOf({ caption, objects, relations, diagnostics }: SceneGraph): string | undefined {
  const ids = new Set(objects.map(({ id }) => id));
  if (ids.size < objects.length) return "an id twice";
  const spans = [
    ...objects.flatMap(({ span, phrase, attributes }) => [span, phrase!, ...attributes.map((one) => one.span)]),
    ...relations.map(({ span }) => span),
    ...diagnostics.map(({ span }) => span),
  ];
  for (const { start, end } of spans)
    if (!(start >= 0 && start < end && end <= caption.length)) return "a span outside";
  const starts = new Map<string, number[]>();
  for (const { text, lemma, span } of tag(caption))
    for (const form of formsOf(text, lemma)) starts.set(form, [...(starts.get(form) ?? []), span.start]);
  /** Whether every word of the name stands, in some form, inside the span. */
  const names = (name: string, { start, end }: { start: number; end: number }) =>
    name.split(" ").every((word) => starts.get(word)?.some((at) => at >= start && at < end));
  for (const { name, span, attributes, quantity, phrase } of objects) {
    if (!names(name, span)) return `"${name}" is not at its place`;
    if (quantity !== undefined && !names(quantity, phrase!)) return `"${quantity}" is not in its phrase`;
    for (const attribute of attributes)
      if (!names(attribute.name, attribute.span)) return `"${attribute.name}" is not at its place`;
  }
  for (const { subject, predicate, object, span } of relations) {
    if (!ids.has(subject) || !ids.has(object)) return "a relation without its object";
    if (!names(predicate, span)) return `"${predicate}" is not at its place`;
  }
  return undefined;
}

/** Forms under which a graph may name a word: as it stands, its lemma, and the verb of a participle in front of a noun ("snow covered hill"). */
function formsOf(text: string, lemma: string): string[] {
  const lower = text.toLowerCase().replaceAll(/[’`]/g, "'");
  const stem = lower.endsWith("ed") ? lower.slice(0, -2) : lower;
  return [lower, lemma, stem, stem.replace(/(.)\1$/, "$1"), `${stem}e`];
}
