import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// The quick share of tools/faults: real processes of the built command line, killed in the middle of a save and at random moments.

interface Known {
  readonly operations: readonly string[];
  readonly milliseconds: number;
}

interface Faults {
  reference(scenario: unknown, home: string): Promise<Known>;
  killOnce(
    scenario: unknown,
    known: Known,
    home: string,
    how: { readonly faults?: Readonly<Record<string, string>>; readonly killAfter?: number },
  ): Promise<{ readonly wasKilled: boolean; readonly wrong?: string }>;
}

const tools = fileURLToPath(new URL("../../../../tools/faults/", import.meta.url));
const load = async (name: string) => import(/* @vite-ignore */ pathToFileURL(join(tools, name)).href);
let faults: Faults;
let clip: unknown;
let known: Known;
let home: string;

beforeAll(async () => {
  faults = (await load("faults.mjs")) as Faults;
  clip = (await load("scenarios.mjs")).scenarios.clip;
  home = await mkdtemp(join(tmpdir(), "tesserae-kills-"));
  known = await faults.reference(clip, home);
}, 120_000);
afterAll(() => rm(home, { recursive: true, force: true }));

/**
 * Kills at the last operation of that form; its place among all differs from run to run, where some go on at the same
 * time.
 */
const kill = (form: RegExp, more: Readonly<Record<string, string>> = {}) => {
  const count = known.operations.filter((operation) => form.test(operation)).length;
  const environment = { FAULTS_MATCH: form.source, FAULTS_AT: String(count), FAULTS_POWER: "1", ...more };
  return faults.killOnce(clip, known, home, { faults: environment });
};

describe("a run that is killed while it saves", () => {
  it.each([
    ["writes the weights", /^writeFile .*partial-3.*model\.safetensors/],
    ["writes the moments", /^write .*partial-3\/optimizer\.bin/],
    ["has the files on the disk", /^sync .*partial-3\/model\.safetensors/],
    ["puts the checkpoint in its place", /^rename .*checkpoints\/00000003/],
    ["has its name on the disk", /^sync .*checkpoints$/],
    ["removes the one before", /^rm .*checkpoints\/00000001/],
    ["shows the model", /^link run\/checkpoint\/model\.safetensors/],
    ["writes its record", /^rename run\/run\.json/],
  ])(
    "when it %s, as by a power cut: goes on with the same result",
    async (_, form) => {
      expect(await kill(form)).toMatchObject({ wasKilled: true, wrong: undefined });
    },
    120_000,
  );

  it.each([
    ["sync", "^sync .*partial-\\d+/"],
    ["rename", "^rename .*checkpoints/\\d+$"],
  ])(
    "would lose something without a %s",
    async (_, without) => {
      const { wrong } = await kill(/^rm .*checkpoints\/00000002/, { FAULTS_WITHOUT: without });
      expect(wrong).toBeDefined();
    },
    120_000,
  );

  it("at random moments", async () => {
    const seed = Date.now() % 2 ** 31;
    console.log(`seed of the random moments: ${seed}`);
    for (let moment = 1; moment <= 3; moment++) {
      const killAfter = (((seed * moment * 7919) % 1000) / 1000) * known.milliseconds;
      const { wrong } = await faults.killOnce(clip, known, home, { killAfter });
      expect(wrong, `seed ${seed}, moment ${moment}`).toBeUndefined();
    }
  }, 120_000);
});
