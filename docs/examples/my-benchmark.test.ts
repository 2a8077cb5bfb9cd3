import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createProgram } from "@tesserae/bench";
import { beforeAll, describe, expect, it } from "vitest";

const example = (name: string) => fileURLToPath(new URL(name, import.meta.url));
let data: string;

async function bench(...argv: string[]): Promise<string> {
  const lines: string[] = [];
  const program = createProgram({ terminal: false, columns: 120, print: (line) => lines.push(line) });
  await program.parseAsync(argv, { from: "user" });
  return lines.join("\n");
}

/** A scorer's file: the score is 1 where photo and caption have the same number, plus what the seed spoils. */
const scorerFile = (name: string, wrong: readonly number[]) => `
  const score = (photo, caption) => (/\\d+-\\d/.exec(photo)[0] === caption.split(" ")[0]) !== ${JSON.stringify(wrong)}.includes(parseInt(caption)) ? 1 : 0;
  const none = async (all) => all.map(() => Float32Array.of(1, 0));
  export default { name: "${name}", revision: "${name}", embedImages: none, embedTexts: none,
    score: async (image, captions) => captions.map((caption) => score(image.path.split(/[\\\\/]/).at(-1), caption)) };`;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "umbrellas-"));
  await mkdir(join(data, "umbrellas", "photos"), { recursive: true });
  const entries = Array.from({ length: 4 }, (_, item) => ({
    photos: [`${item}-0.jpg`, `${item}-1.jpg`],
    captions: [`${item}-0 an umbrella above a chair`, `${item}-1 a chair above an umbrella`],
  }));
  await writeFile(join(data, "umbrellas", "umbrellas.json"), JSON.stringify(entries));
  const models = { "plain-seed-1": [0, 1], "plain-seed-2": [0, 1, 2], "mine-seed-1": [], "mine-seed-2": [3] };
  for (const [name, wrong] of Object.entries(models)) {
    await writeFile(join(data, `${name}.mjs`), scorerFile(name, wrong));
  }
});

describe("my-benchmark.ts and my-table.ts", () => {
  it("are run and filled from the command line: mean and deviation over two seeds", async () => {
    const names = ["plain-seed-1", "plain-seed-2", "mine-seed-1", "mine-seed-2"];
    const models = names.flatMap((name) => ["--model", join(data, `${name}.mjs`)]);
    const out = join(data, "runs");
    const run = ["run", example("my-benchmark.ts"), "--data", data, "--out", out, "--backend", "cpu"];
    const printed = await bench(...run, ...models);
    expect(printed).toMatch(/^my\/umbrellas +group +50\.0 +25\.0 +100\.0 +75\.0$/m);
    const stored = await readFile(join(out, "mine-seed-2", "results", "my-umbrellas.json"), "utf8");
    expect(JSON.parse(stored).metrics.group.chance, "computed: 1 of 6 orders").toBeCloseTo(1 / 6, 12);
    const table = await bench("table", example("my-table.ts"), "--results", out, "--format", "markdown");
    // (50 + 25) / 2 and (100 + 75) / 2, both with the deviation 17.68; published 50 and 40.
    expect(table).toContain("| CLIP (ours) | 37.5 (±17.68 (2), -12.5) | 37.5 (±17.68 (2), -2.5) |");
    expect(table).toContain("| CLIP + my negatives (ours) | **87.5** (±17.68 (2)) | **87.5** (±17.68 (2)) |");
  });

  it("are under 60 lines", async () => {
    for (const name of ["my-benchmark.ts", "my-table.ts"]) {
      expect((await readFile(example(name), "utf8")).split("\n").length).toBeLessThan(60);
    }
  });
});
