import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bench } from "../fixtures/bench.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tree-score-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The angle of a text is the sum of its words' lengths, in tenths. */
const scorer = `export default {
  name: "lengths", revision: "1",
  embedImages: async () => [],
  embedTexts: async (texts) => texts.map((text) => {
    const angle = text.replaceAll(" ", "").length / 10;
    return Float32Array.of(Math.cos(angle), Math.sin(angle));
  }),
};`;

it("prints every model's score with its interval, and the trees of the first captions", async () => {
  await writeFile(join(folder, "captions.txt"), "a red dog\na box\n");
  await writeFile(join(folder, "lengths.mjs"), scorer);
  const args = ["tree-score", join(folder, "captions.txt"), "--backend", "cpu"];
  const printed = await bench(...args, "--model", join(folder, "lengths.mjs"), "--model", "chance");
  // "a red dog": a | red dog: 1 + cos 0.1, a red | dog: 1 + cos 0.4; half of the difference. "a box" has one split. The mean of both: 0.0185.
  expect(printed).toMatch(/^lengths +0\.0185 +0\.0000 to 0\.0370$/m);
  expect(printed).toContain("lengths: (a (red dog))\nlengths: (a box)");
  expect(printed).toMatch(/^chance +0\.\d{4} /m);
});
