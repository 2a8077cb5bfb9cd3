import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type BenchmarkDefinition,
  benchmarks,
  type ChoiceItem,
  chanceScorer,
  imageKey,
  judgeAgain,
  type PairItem,
  runBenchmark,
  type Source,
  textScorer,
} from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import { allEqualScorer } from "../fixtures/scorers.js";
import { fixtureSource } from "./fixtures/benchmark-files.js";

const find = (name: string) => benchmarks.find((definition) => definition.name === name)!;
const score = async (definition: BenchmarkDefinition, scorer = allEqualScorer) =>
  runBenchmark(definition, await definition.read(fixtureSource(definition)), scorer);

describe("definitions", () => {
  it("have names of their own and say version, licence, citation and what they need", () => {
    const names = benchmarks.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { version, licence, citation, needs, headline } of benchmarks) {
      for (const text of [version, licence, citation, needs, headline]) expect(text).toMatch(/\S/);
    }
  });

  it.each(benchmarks)("$name reads its fixture and gives its headline", async (definition) => {
    const result = await score(definition, chanceScorer());
    expect(result.metrics[result.headline]).toMatchObject({ n: expect.any(Number) });
    expect(result.sampleCount).toBeGreaterThan(0);
  });

  it("count by the paper's rule: relations left out, attribute pairs of 25 items or more", async () => {
    // Right about "above" and "near" (which is left out as symmetric), wrong about "below".
    const relations = await score(
      find("aro/vg-relation"),
      textScorer("t", (caption) => Number(/kite is (above|near)|boat is below/.test(caption))),
    );
    expect(relations.metrics.accuracy).toMatchObject({ value: 0.5, n: 2 });
    expect(relations.metrics["accuracy/near"]!.value).toBe(1);
    expect(relations.policy.withoutGroups).toEqual(["near", "beside"]); // as the user's notebook says
    expect(relations.unlikeReference).toBeUndefined();
    const attributes = await score(
      find("aro/vg-attribution"),
      textScorer("t", (caption) => Number(/^the red/.test(caption))),
    );
    expect(attributes.metrics.accuracy).toMatchObject({ value: 1, n: 25 });
    expect(attributes.metrics["accuracy/blue_tall"]!.value).toBe(0);
  });

  it("count all relations, and say so, where ARO's notebook is not there", async () => {
    const relation = find("aro/vg-relation");
    const withoutNotebook = { ...fixtureSource(relation), files: async () => [] };
    const result = await runBenchmark(relation, await relation.read(withoutNotebook), allEqualScorer);
    expect(result.metrics.accuracy!.n).toBe(3);
    expect(result.unlikeReference).toMatch(/^all relations count, because ARO's list/);
    const other: Source = {
      ...fixtureSource(relation),
      files: async (folder) => (folder === "" ? [] : ["notebooks/Replicate ARO! VG-Relation, VG-Attribution.ipynb"]),
      text: async (path) => (path.endsWith(".ipynb") ? '{"cells":[{"source":["df = 1"]}]}' : "[]"),
    };
    await expect(relation.read(other)).rejects.toThrow('no list "symmetric = […]" in it; expected the notebook of ARO');
  });

  it("ask for crops, first texts and validated items where their references do", async () => {
    const items = async (name: string) =>
      ((await find(name).read(fixtureSource(find(name)))) as { items: readonly ChoiceItem[] }).items;
    expect(imageKey((await items("aro/vg-relation"))[0]!.images[0]!)).toBe("1.jpg[5,0,40,30]");
    expect(imageKey((await items("crepe/productivity-atom-4"))[0]!.images[0]!)).toBe("7.jpg[0,1,20,30]");
    expect((await items("vl-checklist/object"))[0]!.captions).toEqual(["red kite", "blue kite"]);
    expect(await items("valse/plurals"), "one of two is valid").toHaveLength(1);
  });

  it("name file, place and form of what they cannot read", async () => {
    const reading = (name: string, text: string) =>
      find(name).read({ text: async () => text, files: async () => [], image: (path) => ({ path }) });
    await expect(reading("sugarcrepe/swap_obj", "{")).rejects.toThrow(/^swap_obj\.json: not JSON/);
    await expect(reading("sugarcrepe/swap_obj", '{"4":{"filename":"x"}}')).rejects.toThrow(
      /^swap_obj\.json: entry 4\.caption: /,
    );
    await expect(reading("vsr", '{"image":"1.jpg"}')).rejects.toThrow(/^test\.jsonl:1: entry caption: /);
    await expect(reading("svo-probes", "sentence,pos_image_id\nx,1\n")).rejects.toThrow(
      "svo_probes.csv: lacks the column neg_image_id, subj_neg, verb_neg, obj_neg (it has sentence, pos_image_id)",
    );
    await expect(
      reading("crepe/productivity-atom-4", "image_id,caption,hard_negs,x,y,width,height\n1,a,b,0,0,1,1\n"),
    ).rejects.toThrow("row 1, hard_negs: expected a Python list or set of texts, got b");
    await expect(reading("vl-checklist/object", "")).rejects.toThrow("data/Object: no JSON file below it");
  });
});

const shared = fileURLToPath(new URL("../../../../../shared/data", import.meta.url));

/** Reads a benchmark from the real files beside the repository. */
function realSource(paths: Readonly<Record<string, string>>, below: readonly string[] = []): Source {
  return {
    text: async (path) => readFileSync(join(shared, paths[path]!), "utf8"),
    files: async () => below,
    image: (path) => ({ path }),
  };
}

describe.skipIf(!existsSync(shared))("real records (../shared/data; skipped where it is absent)", () => {
  const items = async (name: string, source: Source) => {
    const data = (await find(name).read(source)) as { items: readonly ChoiceItem[] };
    find(name).family.check(data, name);
    return data.items;
  };

  it("SugarCrepe's seven files", async () => {
    for (const { name, sampleCount } of benchmarks.filter((one) => one.name.startsWith("sugarcrepe/"))) {
      const file = `${name.split("/")[1]}.json`;
      expect(await items(name, realSource({ [file]: `sugarcrepe/${file}` }))).toHaveLength(sampleCount!);
    }
  });

  it("ARO's relations, and the list of those that are left out", async () => {
    const source = realSource(
      {
        "visual_genome_relation.json": "aro/visual_genome_relation.sample.json",
        "symmetric_relations.json": "aro/symmetric_relations.json",
      },
      ["symmetric_relations.json"],
    );
    const relations = await items("aro/vg-relation", source);
    expect(relations).toHaveLength(43);
    expect(imageKey(relations[0]!.images[0]!)).toBe("2410049.jpg[42,0,259,354]");
    const definition = find("aro/vg-relation");
    const data = await definition.read(source);
    expect(data.policies?.[0]?.withoutGroups).toHaveLength(157);
    // Right about captions whose subject is the longer word: two policies, two numbers from the same predictions.
    const scorer = textScorer("t", (caption) => caption.split(" ")[1]!.length);
    const macro = await runBenchmark(definition, data, scorer);
    const micro = judgeAgain(macro, definition.family, definition.otherPolicies![0]!);
    expect(macro.policy.name).toBe("macro, rare and symmetric relations left out");
    expect(micro.policy.name).toBe("micro");
    expect(micro.metrics.accuracy!.n).toBe(43);
    expect(macro.metrics.accuracy!.value).not.toBe(micro.metrics.accuracy!.value);
    expect(micro.unlikeReference).toMatch(/judged by the policy "micro"/);
  });

  it("the first records of VSR, Cola, Winoground, SugarCrepe++, CREPE and VL-CheckList", async () => {
    expect(await items("vsr", realSource({ "test.jsonl": "samples/vsr_test.jsonl" }))).toHaveLength(25);
    const cola = await items(
      "cola",
      realSource({ "COLA_multiobjects_matching_benchmark.json": "samples/cola_multiobjects.json" }),
    );
    expect(cola).toHaveLength(20);
    expect((cola[0] as unknown as PairItem).captions[1]).toBe("brown giraffe behind tall white giraffe");
    expect(
      await items("winoground", realSource({ "examples.jsonl": "samples/winoground_examples.jsonl" })),
    ).toHaveLength(25);
    for (const subset of ["replace_att", "replace_obj", "replace_rel", "swap_att", "swap_obj"]) {
      const source = realSource({ [`${subset}.json`]: `samples/sugarcrepe_pp_${subset}.json` });
      expect((await items(`sugarcrepe-pp/${subset}`, source)).length).toBeGreaterThan(0);
    }
    for (const [kind, n] of [
      ["atom", 6],
      ["swap", 8],
      ["negate", 4],
    ] as const) {
      const path = `prod_hard_negatives/${kind}/prod_vg_hard_negs_${kind}_complexity_${n}.csv`;
      const crepe = await items(
        `crepe/productivity-${kind}-${n}`,
        realSource({ [path]: `samples/crepe_prod_${kind}_${n}.csv` }),
      );
      expect(crepe[0]!.captions).toHaveLength(6);
    }
    const samples = readdirSync(join(shared, "samples")).filter((name) => name.startsWith("vlchecklist"));
    const paths = samples.map((name) => `data/Attribute/${name}`);
    const source = realSource(
      Object.fromEntries(paths.map((path, index) => [path, `samples/${samples[index]}`])),
      paths,
    );
    expect(await items("vl-checklist/attribute", source)).toHaveLength(60);
  });

  it("ImageInWords' descriptions of DOCCI images", async () => {
    expect(
      await items("retrieval/iiw", realSource({ "docci_test.jsonl": "docci/docci_test_sample.jsonl" })),
    ).toHaveLength(100);
  });
});
