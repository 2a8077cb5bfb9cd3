import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import {
  type Clip,
  decodeSafetensors,
  encodeSafetensors,
  type LoraClip,
  mergeLora,
  readWeights,
  saveClip,
  type Tokenizer,
} from "@tesserae/models";
import { writeFileAtomic } from "@tesserae/shared";
import type { TextPacking } from "../objective/text-packing.js";
import { assertFinite } from "../run/checkpoints.js";
import { readFloats, writeFloats } from "../run/float-file.js";
import { TrainError } from "../train-error.js";
import type { Optimizer } from "./optimizer.js";

const adaptersFile = "adapters.safetensors";
const momentsFile = "optimizer.bin";
const stateFile = "training-state.json";

/** What a training goes on from, beside the weights. */
export interface TrainState {
  /** Loss of every step done. */
  readonly losses: readonly number[];
  /** How texts are packed. */
  readonly packing: TextPacking;
}

/** The model of a checkpoint with its tokenizers. */
interface SavedModel {
  readonly clip: Clip | LoraClip;
  readonly tokenizer: Tokenizer;
  readonly phraseTokenizer?: Tokenizer;
}

interface StoredState extends TrainState {
  /** Moments in the order of the file, with their sizes. */
  readonly moments: readonly (readonly [string, number])[];
}

/**
 * Writes a checkpoint: the model for any tool, and what `--resume` needs beside it.
 *
 * @throws TrainError where a weight is no finite number
 */
export async function saveTrainState(
  folder: string,
  { clip, tokenizer, phraseTokenizer }: SavedModel,
  optimizer: Optimizer,
  state: TrainState,
): Promise<void> {
  const adapted = "adapters" in clip;
  const model = adapted ? await mergeLora(clip) : clip;
  try {
    const weights = await readWeights(model);
    assertFinite([...weights].map(([name, { data }]) => [`weight ${name}`, data as ArrayLike<number>] as const));
    await saveClip(model, tokenizer, folder, phraseTokenizer ? { phraseTokenizer } : {});
  } finally {
    if (adapted) model.dispose();
  }
  if (adapted) {
    await writeFileAtomic(
      join(folder, adaptersFile),
      encodeSafetensors(await readWeights({ variables: clip.adapters })),
    );
  }
  const moments = [...optimizer.moments].map(([name, { size }]) => [name, size] as const);
  await writeFloats(join(folder, momentsFile), valuesOf(optimizer.moments.values()));
  await writeFileAtomic(join(folder, stateFile), `${JSON.stringify({ ...state, moments } satisfies StoredState)}\n`);
}

async function* valuesOf(variables: Iterable<tf.Variable>): AsyncGenerator<Float32Array> {
  for (const variable of variables) yield await variable.data<"float32">();
}

/** Reads what stands beside a checkpoint's weights. @throws TrainError where it holds none */
export async function readTrainState(folder: string): Promise<TrainState> {
  try {
    return JSON.parse(await readFile(join(folder, stateFile), "utf8")) as StoredState;
  } catch (cause) {
    throw new TrainError(`${folder}: holds no ${stateFile} that can be read; start anew with --overwrite`, { cause });
  }
}

/** Gives the optimizer the moments of a checkpoint. @throws TrainError where they are of another model */
export async function restoreMoments(folder: string, optimizer: Optimizer): Promise<void> {
  const { moments } = (await readTrainState(folder)) as StoredState;
  const arrays = await readFloats(
    join(folder, momentsFile),
    moments.map(([, size]) => size),
  );
  for (const [index, [name, size]] of moments.entries()) {
    const moment = optimizer.moments.get(name);
    if (moment === undefined || moment.size !== size) {
      throw new TrainError(`${folder}: its optimizer has ${name} of ${size} numbers, which this model does not have`);
    }
    tf.tidy(() => moment.assign(tf.tensor(arrays[index]!, moment.shape)));
  }
}

/** Gives a model its adapters as a checkpoint has them. */
export async function restoreAdapters(folder: string, { adapters }: LoraClip): Promise<void> {
  const saved = decodeSafetensors(await readFile(join(folder, adaptersFile)));
  for (const [name, adapter] of adapters) {
    const { data, shape } = saved.get(name)!;
    tf.tidy(() => adapter.assign(tf.tensor(data, [...shape])));
  }
}
