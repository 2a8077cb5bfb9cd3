import { appendFile, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type Clip,
  decodeSafetensors,
  encodeSafetensors,
  type LoraClip,
  loadClip,
  mergeLora,
  readWeights,
  saveClip,
  type Tokenizer,
  type Weights,
} from "@tesserae/models";
import { writeFileAtomic } from "@tesserae/shared";
import type { AdamW } from "../adamw.js";
import type { TrainConfig } from "../recipe/common-flags.js";
import { TrainError } from "../train-error.js";

const adaptersFile = "adapters.safetensors";

/** One line of `metrics.jsonl`. */
export type MetricRecord = { readonly step: number } & Readonly<Record<string, unknown>>;

/**
 * The folder of a run: `run.json` (what was run, written at the end), `metrics.jsonl` (a record a logged step) and
 * `checkpoint/` (the model for any tool, and for `--resume` the optimizer's state and what is merged into the model).
 */
export interface RunFiles {
  metric(record: MetricRecord): Promise<void>;
  /** @param losses of every step done, the first to the last */
  save(clip: Clip | LoraClip, tokenizer: Tokenizer, optimizer: AdamW, losses: readonly number[]): Promise<void>;
  finish(record: unknown): Promise<void>;
}

/** A checkpoint to go on from. */
export interface Resumed {
  readonly clip: Clip;
  readonly tokenizer: Tokenizer;
  readonly step: number;
  /** Of each of those steps. */
  readonly losses: readonly number[];
  readonly moments: Float32Array;
  /** Adapters as they were, where the run trains those (`lora`); `clip` has them merged. */
  readonly adapters?: Weights;
}

/** @param step steps already done; records of later steps are dropped, since they will be made again */
export async function openRunFiles(folder: string, config: TrainConfig, step: number): Promise<RunFiles> {
  const metrics = join(folder, "metrics.jsonl");
  const checkpoint = join(folder, "checkpoint");
  await mkdir(folder, { recursive: true });
  await rm(join(folder, "run.json"), { force: true });
  const lines =
    step === 0
      ? []
      : (await readFile(metrics, "utf8").catch(() => "")).split("\n").filter((line) => isUpTo(line, step));
  await writeFileAtomic(metrics, lines.map((line) => `${line}\n`).join(""));
  return {
    metric: (record) => appendFile(metrics, `${JSON.stringify(record)}\n`),
    save: async (clip, tokenizer, optimizer, losses) => {
      const next = `${checkpoint}.next`;
      const previous = `${checkpoint}.previous`;
      await rm(next, { recursive: true, force: true });
      if ("adapters" in clip) {
        const merged = await mergeLora(clip);
        await saveClip(merged, tokenizer, next);
        merged.dispose();
        await writeFileAtomic(
          join(next, adaptersFile),
          encodeSafetensors(await readWeights({ variables: clip.adapters })),
        );
      } else {
        await saveClip(clip, tokenizer, next);
      }
      const { moment, velocity } = optimizer.state;
      const [first, second] = await Promise.all([moment.data<"float32">(), velocity.data<"float32">()]);
      const moments = new Float32Array(first.length + second.length);
      moments.set(first);
      moments.set(second, first.length);
      await writeFileAtomic(join(next, "optimizer.bin"), new Uint8Array(moments.buffer));
      await writeFileAtomic(
        join(next, "training-state.json"),
        `${JSON.stringify({ step: losses.length, losses, config })}\n`,
      );
      await rm(previous, { recursive: true, force: true });
      await rename(checkpoint, previous).catch(() => {});
      await rename(next, checkpoint);
      await rm(previous, { recursive: true, force: true });
    },
    finish: (record) => writeFileAtomic(join(folder, "run.json"), `${JSON.stringify(record, null, 2)}\n`),
  };
}

/** Reads the checkpoint of an interrupted run. @throws TrainError when the folder holds none, or one of another configuration */
export async function resumeFrom(folder: string, config: TrainConfig): Promise<Resumed> {
  const checkpoint = join(folder, "checkpoint");
  let state: string;
  let bytes: Buffer;
  try {
    state = await readFile(join(checkpoint, "training-state.json"), "utf8");
    bytes = await readFile(join(checkpoint, "optimizer.bin"));
  } catch (cause) {
    throw new TrainError(
      `--resume: ${checkpoint} holds no training state; run without --resume, or set saveFrequency so that runs can be resumed`,
      { cause },
    );
  }
  const {
    config: saved,
    step,
    losses,
  } = JSON.parse(state) as Pick<Resumed, "step" | "losses"> & { config: TrainConfig };
  const changed = changedKeys(saved, JSON.parse(JSON.stringify(config)) as TrainConfig);
  if (changed.length > 0) {
    throw new TrainError(
      `--resume: ${checkpoint} was trained with another configuration: ${changed.join(", ")}; set it back, or start anew without --resume`,
    );
  }
  const { clip, tokenizer } = await loadClip(checkpoint);
  const moments = new Float32Array(Uint8Array.from(bytes).buffer);
  if (config.lora === undefined) return { clip, tokenizer, step, losses, moments };
  const adapters = decodeSafetensors(await readFile(join(checkpoint, adaptersFile)));
  return { clip, tokenizer, step, losses, moments, adapters };
}

/** The keys in which two configurations differ, each with both values; dots reach into records. */
function changedKeys(saved: unknown, now: unknown, path = ""): string[] {
  if (JSON.stringify(saved) === JSON.stringify(now)) return [];
  if (!isRecord(saved) || !isRecord(now)) {
    const shown = (value: unknown) => (value === undefined ? "not set" : JSON.stringify(value));
    return [`${path} was ${shown(saved)} and is ${shown(now)}`];
  }
  const keys = [...new Set([...Object.keys(saved), ...Object.keys(now)])];
  return keys.flatMap((key) => changedKeys(saved[key], now[key], path === "" ? key : `${path}.${key}`));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isUpTo(line: string, step: number): boolean {
  try {
    return (JSON.parse(line) as MetricRecord).step <= step;
  } catch {
    return false; // empty, or cut off by the end of the interrupted run
  }
}
