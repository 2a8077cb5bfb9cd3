import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runTrainer } from "./run-trainer.js";

it("trains where a thread of its own makes the batches", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tesserae-run-trainer-"));
  const small = ["steps=2", "batchSize=4", "world.train=16", "world.validation=4"].flatMap((one) => ["--set", one]);
  const out = join(folder, "run");
  try {
    await runTrainer([
      ...["run", "clip", "--scale", "smoke", ...small, "--backend", "ort", "--threads", "1"],
      ...["--workers", "1", "--progress", "none", "--out", out],
    ]);
    expect(JSON.parse(await readFile(join(out, "run.json"), "utf8"))).toMatchObject({ recipe: "clip", steps: 2 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
