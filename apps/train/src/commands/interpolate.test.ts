import { join } from "node:path";
import { loadClip, readWeights } from "@tesserae/models";
import { beforeAll, describe, expect, it } from "vitest";
import { printed } from "../fixtures/command-line.js";
import { folder, photoFolder, runTiny } from "../fixtures/runs.js";

const interpolated = (...argv: string[]) => printed("interpolate", ...argv, "--backend", "ort", "--threads", "1");

const weightsIn = async (path: string) => {
  const { clip } = await loadClip(path);
  const weights = await readWeights(clip);
  clip.dispose();
  return weights;
};

describe("train interpolate", () => {
  let [before, after, photos] = ["", "", ""];
  beforeAll(async () => {
    [before, after, photos] = [await folder(), await folder(), await photoFolder(24)];
    await runTiny("clip", before, [`data=${photos}`]);
    await runTiny("clip", after, [`data=${photos}`, `pretrained=${before}`, "lr=0.01", "steps=8"]);
  }, 240_000);

  it("averages one tower by the share that is asked for, and keeps the other as after", async () => {
    const out = join(await folder(), "mean");
    const text = await interpolated(before, after, "--alpha", "0.25", "--tower", "text", "--out", out);
    expect(text).toContain(`wrote ${out}: the text tower 0.25 of ${after} and 0.75 of ${before}`);
    const [a, b, mean] = [
      await weightsIn(join(before, "checkpoint")),
      await weightsIn(join(after, "checkpoint")),
      await weightsIn(out),
    ];
    for (const [name, { data }] of mean) {
      const [from, to] = [a.get(name)!.data[0]!, b.get(name)!.data[0]!];
      const expected = /^text_(model|projection)/.test(name) ? 0.75 * from + 0.25 * to : to;
      expect(Math.abs(data[0]! - expected), name).toBeLessThan(1e-6);
    }
  });

  it("sweeps alpha, shows what each share costs, and takes the largest that is allowed", async () => {
    const sweep = async (maxDrop: string) => {
      const out = join(await folder(), "mean");
      const options = ["--tower", "both", "--sweep", "0.5,1", "--max-drop", maxDrop, "--data", photos, "--out", out];
      const text = await interpolated(before, after, ...options);
      const lines = [...text.matchAll(/^alpha (\S+): held-out R@1 (\S+) %.*; (taken|allowed|refused)/gm)].map(
        ([, alpha, ability, verdict]) => ({ alpha: Number(alpha), ability: Number(ability), verdict: verdict! }),
      );
      return { lines, out, text };
    };
    const free = await sweep("1");
    expect(free.lines.map(({ alpha, verdict }) => [alpha, verdict])).toEqual([
      [0, "allowed"],
      [0.5, "allowed"],
      [1, "taken"],
    ]);
    const { lines } = await sweep("0");
    const best = Math.max(...lines.filter(({ ability }) => ability >= lines[0]!.ability).map(({ alpha }) => alpha));
    for (const { alpha, ability, verdict } of lines) {
      expect(verdict).toBe(ability < lines[0]!.ability ? "refused" : alpha === best ? "taken" : "allowed");
    }
    expect(await weightsIn(free.out)).toEqual(await weightsIn(join(after, "checkpoint"))); // alpha 1
  });

  it("says what is missing or wrong", async () => {
    const out = await folder();
    await expect(interpolated(before, after, "--sweep", "0.5", "--out", join(out, "x"))).rejects.toThrow(
      "--sweep measures what each share keeps; say on which data",
    );
    const other = await folder();
    await runTiny("clip", other, ["model.text.width=32"]);
    await expect(interpolated(other, after, "--out", join(out, "y"))).rejects.toThrow(
      "the two models differ: text_model",
    );
  });
});
