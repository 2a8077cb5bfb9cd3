import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheScorer, type ModelRecord, type Scorer } from "@tesserae/benchmarks";
import { createScorer, loadClip } from "@tesserae/models";
import type { LoadImage } from "./image-store.js";
import type { RunFolder } from "./run-folder.js";

export interface OpenedModel {
  readonly scorer: Scorer;
  readonly record: ModelRecord;
  /** Side of the images that it takes, in pixels. */
  readonly imageSize: number;
  dispose(): void;
}

/** Loads a run's checkpoint for scoring. Its revision is the checksum of its weights. */
export async function openModel(run: RunFolder, loadImage: LoadImage): Promise<OpenedModel> {
  const { clip, tokenizer } = await loadClip(run.checkpoint);
  const weights = await readFile(join(run.checkpoint, "model.safetensors"));
  const revision = `sha256 ${createHash("sha256").update(weights).digest("hex").slice(0, 12)}`;
  const { method, miner } = run.record ?? {};
  return {
    scorer: cacheScorer(createScorer(clip, tokenizer, { loadImage, name: run.name, revision })),
    record: {
      name: run.name,
      revision,
      activation: clip.config.activation,
      ...(method === undefined ? {} : { method }),
      ...(miner === undefined ? {} : { miner }),
    },
    imageSize: clip.config.vision.imageSize,
    dispose: () => clip.dispose(),
  };
}
