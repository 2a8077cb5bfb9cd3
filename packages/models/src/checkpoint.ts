import type { Clip } from "./clip.js";
import { clipFromWeights } from "./clip.js";
import { ModelError } from "./errors.js";
import { fromHuggingFaceConfig, toHuggingFaceConfig } from "./hugging-face-config.js";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.js";
import { loadTokenizer, type Tokenizer } from "./tokenizer.js";
import { readWeights, type WeightArray, type Weights } from "./weights.js";

/** A model read from a folder. */
export interface LoadedClip {
  readonly clip: Clip;
  readonly tokenizer: Tokenizer;
}

const files = ["config.json", "model.safetensors", "tokenizer.json"] as const;

/**
 * Writes a model as a Hugging Face CLIP folder: `config.json`, `model.safetensors`, `tokenizer.json`.
 *
 * The folder is written whole beside its place and then renamed into it, so a crash leaves either the old or the new one (or,
 * between two renames, the old one under the name ending in `.old`), never half of each.
 *
 * @param directory a folder of its own: it is replaced as a whole.
 * @throws ModelError when the folder holds other files, or the tokenizer does not belong to the model.
 */
export async function saveClip(clip: Clip, tokenizer: Tokenizer, directory: string): Promise<void> {
  if (tokenizer.vocabSize > clip.config.text.vocabSize) {
    throw new ModelError(
      `saveClip: the tokenizer has ${tokenizer.vocabSize} ids, the model only ${clip.config.text.vocabSize}.`,
    );
  }
  const { mkdir, mkdtemp, readdir, rename, rm, writeFile } = await import("node:fs/promises");
  const { dirname, join, resolve } = await import("node:path");
  const target = resolve(directory);
  const present = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new ModelError(`saveClip: cannot write to ${directory} (${error.code}).`);
  });
  const foreign = present?.filter((name) => !(files as readonly string[]).includes(name)) ?? [];
  if (foreign.length > 0) {
    throw new ModelError(
      `saveClip: ${directory} also holds ${foreign.slice(0, 3).join(", ")}; a checkpoint is replaced as a whole, so give it a folder of its own.`,
    );
  }
  const weights = encodeSafetensors(await readWeights(clip), { format: "pt" });
  await mkdir(dirname(target), { recursive: true });
  const partial = await mkdtemp(`${target}.partial-`);
  try {
    await writeFile(join(partial, "config.json"), json(toHuggingFaceConfig(clip.config, tokenizer)));
    await writeFile(join(partial, "model.safetensors"), weights);
    await writeFile(join(partial, "tokenizer.json"), json(tokenizer));
    if (present) {
      await rm(`${target}.old`, { recursive: true, force: true });
      await rename(target, `${target}.old`);
    }
    await rename(partial, target);
    await rm(`${target}.old`, { recursive: true, force: true });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/**
 * Reads a folder written by {@link saveClip}, or a Hugging Face CLIP folder with a `tokenizer.json`.
 *
 * @throws ModelError naming the file that is missing, cut or does not fit, or the tensor with a number that is not finite.
 */
export async function loadClip(directory: string): Promise<LoadedClip> {
  const { readFile } = await import("node:fs/promises");
  const { join } = await import("node:path");
  const read = async (file: (typeof files)[number]): Promise<Uint8Array> => {
    try {
      return await readFile(join(directory, file));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new ModelError(
        `loadClip: cannot read ${join(directory, file)} (${code}); a model folder holds ${files.join(", ")}.`,
      );
    }
  };
  const config = fromHuggingFaceConfig(parse(await read("config.json"), join(directory, "config.json")));
  const tokenizer = loadTokenizer(parse(await read("tokenizer.json"), join(directory, "tokenizer.json")));
  const path = join(directory, "model.safetensors");
  const weights = withoutPositionIds(decodeSafetensors(await read("model.safetensors"), path));
  checkFinite(weights, path);
  if (tokenizer.vocabSize > config.text.vocabSize) {
    throw new ModelError(
      `loadClip: tokenizer.json has ${tokenizer.vocabSize} ids, but the model only ${config.text.vocabSize}.`,
    );
  }
  return { clip: clipFromWeights(config, weights), tokenizer };
}

/** Older Hugging Face files carry the row numbers of the position embeddings as tensors. */
function withoutPositionIds(weights: Weights): Weights {
  return new Map([...weights].filter(([name]) => !name.endsWith("embeddings.position_ids")));
}

function checkFinite(weights: ReadonlyMap<string, WeightArray>, path: string): void {
  for (const [name, { data }] of weights) {
    const index = data.findIndex((value) => !Number.isFinite(value));
    if (index >= 0) throw new ModelError(`loadClip: ${name}[${index}] in ${path} is ${data[index]}.`);
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function parse(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new ModelError(`loadClip: ${path} is no JSON: ${(error as Error).message}.`);
  }
}
