import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProgram, type RunRecord } from "@tesserae/train";
import { beforeAll, describe, expect, it, vi } from "vitest";

/** Runs a command line; a mistake is thrown. */
async function run(...argv: string[]): Promise<void> {
  const program = createProgram();
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
    command.configureOutput({ writeErr: () => {} });
  }
  await program.parseAsync(argv, { from: "user" });
}

const tiny = {
  name: "tiny",
  method: "negclip",
  steps: 10,
  world: { train: 8, validation: 4 },
  batchSize: 4,
  model: { embedDim: 8, vision: { width: 8, layers: 1, heads: 1 }, text: { width: 8, layers: 1, heads: 1 } },
};

describe("the command line", () => {
  let folder: string;
  let config: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tesserae-program-"));
    config = join(folder, "config.ts");
    await writeFile(config, `export default ${JSON.stringify(tiny)};`);
  });

  it("trains with settings and a miner of the user's, and prints what came of it", async () => {
    const miner = join(folder, "my-miner.mjs");
    await writeFile(miner, 'export default { name: "mine", version: "7", mine: (batch) => batch.map(() => []) };');
    const out = join(folder, "run");
    let printed = "";
    const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      printed += text;
      return true;
    });
    try {
      const engine = ["--backend", "ort", "--threads", "1", "--progress", "none"];
      await run("run", config, "--set", "steps=2", "--set", "seed=3", "--miner", miner, "--out", out, ...engine);
    } finally {
      write.mockRestore();
    }
    const record = JSON.parse(await readFile(join(out, "run.json"), "utf8")) as RunRecord;
    expect(record).toMatchObject({ steps: 2, seed: 3, miner: { name: "mine", version: "7" } });
    expect(printed).toContain("tiny: negclip with miner mine 7");
    expect(printed).toContain(`written to ${out}`);
  });

  it("tells mistakes before it begins", async () => {
    await expect(run("run", config, "--set", "lr=0.1", "--set", "bachSize=3")).rejects.toThrow(
      'unknown key "bachSize"; did you mean "batchSize"?',
    );
    await expect(run("run", config, "--threads", "0")).rejects.toThrow("expected a whole number of at least 1");
    await expect(run("run", config, "--progress", "loud")).rejects.toThrow(/Allowed choices are auto, bar, lines,/);
    await expect(run("prepare", config, "--out", folder)).rejects.toThrow("option '--miner <name|module|file>' not");
    await expect(run("export", folder)).rejects.toThrow("option '--format <name>' not specified");
  });
});
