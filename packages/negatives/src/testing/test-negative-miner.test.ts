import { existsSync, readFileSync } from "node:fs";
import {
  buildVocabulary,
  builtInMiners,
  combine,
  createMiner,
  createNegative,
  isNegative,
  mineWithReport,
  negclip,
  replace,
  structureClip,
} from "@tesserae/negatives";
import { conformanceCaptions, seededRng, testNegativeMiner } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const file = new URL("../../../../../shared/data/karpathy/coco_dataset_test.txt", import.meta.url);
const karpathy = existsSync(file)
  ? readFileSync(file, "utf8")
      .split("\n")
      .slice(0, 300)
      .map((line) => line.split("\t")[2]!)
  : [];

const vocabulary = buildVocabulary([...conformanceCaptions, ...karpathy].map(parse));
const lexicon = { dog: ["horse"], cat: ["owl"], man: ["dog"], red: ["orange"], on: ["under"], behind: ["left of"] };

const miners = {
  ...Object.fromEntries(Object.entries(builtInMiners).map(([name, create]) => [name, () => create(vocabulary)])),
  "structureClip, both": () => structureClip({ negatives: "both", choice: "random" }),
  replace: () => replace({ lexicon }),
  combine: () => combine(negclip(), structureClip()),
  "a third party's, in ten lines": () =>
    createMiner({
      name: "blue-dogs",
      version: "1",
      mineOne: (graph, context) =>
        graph.objects
          .filter(({ name }) => name === "dog")
          .flatMap(({ attributes }) =>
            attributes.map(({ span }) => createNegative(graph, "blue", [{ span, text: "blue" }], context)),
          ),
    }),
};

for (const [name, create] of Object.entries(miners)) {
  describe(name, () => testNegativeMiner(create, { captions: karpathy.slice(0, 20) }));
}

describe.skipIf(karpathy.length === 0)("on Karpathy captions (skipped where shared/data is absent)", () => {
  const graphs = karpathy.map(parse);
  const related = graphs.filter(({ relations }) => relations.length > 0);

  it.each([
    ["structure-clip", 0.82],
    ["mosaiclip", 0.95],
    ["negclip", 0.71],
  ] as const)("%s covers at least %d of the captions with a relation, without a violation", async (name, share) => {
    const { negatives, report } = await mineWithReport(builtInMiners[name]!(vocabulary), related, {
      rng: seededRng(1),
    });
    expect(report.covered / report.captions).toBeGreaterThanOrEqual(share);
    const violations = negatives.flatMap((list, i) => list.filter((negative) => !isNegative(negative, related[i]!)));
    expect(violations).toEqual([]);
  });
});
