import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { bench } from "../fixtures/bench.js";

let folder: string;
let captions: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bench-negatives-"));
  captions = join(folder, "captions.txt");
  await writeFile(
    captions,
    Array.from({ length: 24 }, (_, i) => {
      const [colour, other] = [
        ["red", "blue"],
        ["green", "white"],
        ["black", "yellow"],
      ][i % 3]!;
      const [one, two] = [
        ["dog", "cat"],
        ["man", "horse"],
        ["bus", "tree"],
        ["bird", "box"],
      ][i % 4]!;
      return `a ${colour} ${one} ${["behind", "on", "above"][i % 3]} a ${other} ${two} number ${i}.`;
    }).join("\n"),
  );
});

const badMiner = `
  export default {
    name: "bad", version: "3",
    mine: (batch) => batch.map((graph, i) => {
      if (graph.caption.includes("green")) throw new Error("no green");
      return [{ caption: graph.caption.toUpperCase(), kind: "shout", edits: [], graph }];
    }),
  };`;

describe("bench negatives", () => {
  it("prints every miner's coverage, violations, problems and rejects, a bad miner's too", async () => {
    const file = join(folder, "bad.ts");
    await writeFile(file, badMiner);
    const text = await bench("negatives", captions, "--miner", file);
    expect(text).toContain("captions.txt: 24 captions, 24 with a relation");
    for (const name of [
      "aro-order",
      "crepe",
      "mosaiclip",
      "negclip",
      "ngram-shuffle-2",
      "sugarcrepe",
      "svlc",
      "clove",
    ]) {
      expect(text).toMatch(new RegExp(`^${name} +[1-9] `, "m"));
    }
    expect(text).toMatch(/^structure-clip +4 +24 +100\.0 % +100\.0 % +0 +0 /m);
    expect(text).toMatch(/^bad +3 +0 +0\.0 % +0\.0 % +16 +8 /m);
    expect(text).toContain(
      'caption 0 "a red dog behind a blue cat number 0.": miner "bad" returned "A RED DOG BEHIND A BLUE CAT NUMBER 0.", which is the caption or follows from it; dropped',
    );
  });

  it("lends the app's packages to a miner's file that has none beside it", async () => {
    const file = join(folder, "parts.ts");
    await writeFile(
      file,
      `import { decompose } from "@tesserae/augment";
       import { worldDataset } from "@tesserae/world";
       import { createMiner } from "@tesserae/negatives";
       if (typeof worldDataset !== "function") throw new Error("no data");
       export default createMiner({ name: "parts", version: "1", mineOne: (graph) => (decompose(graph), []) });`,
    );
    const text = await bench("negatives", captions, "--limit", "3", "--miner", file);
    expect(text).toMatch(/^parts +1 +0 +0\.0 % +0\.0 % +0 +0 /m);
  });

  it("compares the negatives that a file brings", async () => {
    const file = join(folder, "negclip.tsv");
    const row = (i: number, caption: string, negatives: string) => `${i}\t${caption}\t${i}.jpg\t${negatives}\t[]`;
    const rows = [
      row(0, "a dog behind a cat", "['a cat behind a dog']"),
      row(1, "a dog next to a cat", "['a cat next to a dog']"),
      row(2, "a red bus on a road", "['a road bus on a red', 'a red road on a bus']"),
    ];
    await writeFile(file, ["\ttitle\tfilepath\tneg_caption\tneg_image", ...rows, ""].join("\n"));
    const text = await bench("negatives", file);
    expect(text).toContain("rows of which negclip() makes every negative   33.3 %  (1 of 3)");
    expect(text).toContain("rows of which it makes at least one            66.7 %  (2 of 3)");
    expect(text).toContain("negatives that break the guarantee             25.0 %  (1 of 4)");
    expect(text).toContain('follows from the caption: "a dog next to a cat" -> "a cat next to a dog"');
    expect(text).toContain('  "a red bus on a road" -> "a road bus on a red"');
  });

  it("says what is wrong in one line", async () => {
    await expect(bench("negatives", join(folder, "none.txt"))).rejects.toThrow(/none\.txt: no such file or folder/);
    await expect(bench("negatives", captions, "--miner", "neglcip")).rejects.toThrow(
      /--miner neglcip: unknown miner; there are: aro-order, crepe,/,
    );
  });
});

describe("bench audit", () => {
  it("prints the blind accuracy of every set and writes the page", async () => {
    const out = join(folder, "audit.html");
    const text = await bench("audit", captions, "--out", out);
    expect(text).toMatch(/^structure-clip +24 +100\.0 +0\.00 +50\.0 +50\.0 /m);
    expect(text).toMatch(/^mixed +\d+ /m);
    // Twenty-four captions give no pair a mirror image on the grid.
    expect(text).toMatch(/^mixed, refined +0( +-){7}$/m);
    const page = await readFile(out, "utf8");
    expect(page.match(/<svg /g)!.length).toBeGreaterThanOrEqual(2);
    expect(page).toContain("<th>structure-clip</th>");
  });

  it("audits a benchmark too, and names its file that is missing", async () => {
    const args = ["audit", captions, "--out", join(folder, "x.html"), "--benchmark"];
    await expect(bench(...args, "sugarcrepe/swap_obj", "--data", folder)).rejects.toThrow(
      /swap_obj\.json: cannot be read \(ENOENT\); sugarcrepe\/swap_obj needs swap_obj\.json of github\.com/,
    );
    await expect(bench(...args, "world/picture-choice")).rejects.toThrow("has no items of two captions");
  });
});
