import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  addLora,
  belowLastBlocks,
  type Clip,
  type ClipConfig,
  createClip,
  createTokenizer,
  freeze,
  inTower,
  type LoadedClip,
  type LoraClip,
  loadClip,
  loadTextTower,
  loadTokenizer,
} from "@tesserae/models";
import { seededRng } from "@tesserae/scene-graph/random";
import type { CommonFlags } from "../recipe/common-flags.js";
import { TrainError } from "../train-error.js";
import { type KnowledgeOptions, type StartedKnowledge, startKnowledge } from "./start-knowledge.js";

/** The model that a training goes on with; with `lora` its adapters. */
export interface StartedModel extends LoadedClip {
  readonly clip: Clip | LoraClip;
}

/** Where a training starts: an earlier step's model, the pre-trained one that the flags name, or fresh weights. */
export interface StartOptions {
  /** Folder of the model of an earlier step, or of a checkpoint to go on from. */
  readonly from?: string;
  /** What a fresh tokenizer is trained on. */
  readonly captions: readonly string[];
  /** Structure-CLIP's knowledge encoder, where the model is to have one. */
  readonly knowledge?: KnowledgeOptions;
}

/**
 * Makes or loads the model of a training; what the flags lock is frozen. With `lora`, adapters are put on the model that the
 * training began with.
 *
 * @throws TrainError where the model lacks the knowledge encoder that is to be trained
 */
export async function startModel(flags: CommonFlags, options: StartOptions): Promise<StartedModel> {
  const { clip: start, tokenizer, phraseTokenizer } = await begin(flags, options);
  const clip = flags.lora ? addLora(start, { ...flags.lora, rng: seededRng("lora", flags.seed) }) : start;
  if (flags.lockImage) freeze(clip, inTower("image"));
  if (flags.lockText) freeze(clip, inTower("text"));
  if (flags.textLayersTrained > 0) freeze(clip, belowLastBlocks(clip, "text", flags.textLayersTrained));
  return { clip, tokenizer, ...(phraseTokenizer ? { phraseTokenizer } : {}) };
}

async function begin(flags: CommonFlags, { from, captions, knowledge }: StartOptions): Promise<LoadedClip> {
  const source = from ?? (flags.pretrained === undefined ? undefined : await modelFolder(flags.pretrained));
  if (source !== undefined) {
    const loaded = await loadClip(source);
    if (knowledge === undefined || loaded.clip.knowledge !== undefined) return loaded;
    return withKnowledge(loaded, await startKnowledge(knowledge, loaded.tokenizer), flags.seed);
  }
  const { text, vision, ...rest } = flags.model;
  const rng = seededRng("weights", flags.seed);
  const common = { ...rest, vision };
  const start = flags.imagePositionStd === undefined ? { rng } : { rng, imagePositionStd: flags.imagePositionStd };
  if (flags.textTower !== undefined) {
    const tower = await loadTextTower(flags.textTower);
    const tokenizer = await loadTokenizer(flags.textTower);
    const trained = flags.textLayersTrained > 0 ? { trainableLayers: flags.textLayersTrained } : {};
    const grown = knowledge && (await startKnowledge(knowledge, tokenizer));
    const model = { ...common, ...configOf(grown), text: { ...tower.config, ...trained } } as ClipConfig;
    const weights = new Map([...tower.weights, ...(grown?.weights ?? [])]);
    return { tokenizer, clip: createClip(model, { ...start, weights }), ...phrasesOf(grown) };
  }
  const { contextLength } = text as { readonly contextLength?: number };
  const tokenizer = createTokenizer({
    corpus: captions,
    vocabSize: text.vocabSize,
    ...(contextLength === undefined ? {} : { contextLength }),
  });
  const grown = knowledge && (await startKnowledge(knowledge, tokenizer));
  const model = { ...common, ...configOf(grown), text: { ...text, vocabSize: tokenizer.vocabSize } } as ClipConfig;
  return {
    tokenizer,
    clip: createClip(model, { ...start, ...(grown ? { weights: grown.weights } : {}) }),
    ...phrasesOf(grown),
  };
}

const configOf = (knowledge: StartedKnowledge | undefined): Pick<ClipConfig, "knowledge"> =>
  knowledge ? { knowledge: knowledge.config } : {};

const phrasesOf = (knowledge: StartedKnowledge | undefined): Pick<LoadedClip, "phraseTokenizer"> =>
  knowledge?.phraseTokenizer ? { phraseTokenizer: knowledge.phraseTokenizer } : {};

/** A model with a knowledge encoder put beside its weights. */
async function withKnowledge(
  { clip, tokenizer }: LoadedClip,
  knowledge: StartedKnowledge,
  seed: number,
): Promise<LoadedClip> {
  const weights = new Map(
    await Promise.all(
      [...clip.variables].map(async ([name, variable]) => {
        return [name, { data: Float32Array.from(await variable.data()), shape: variable.shape }] as const;
      }),
    ),
  );
  const { image, text } = clip.towers;
  const { embedDim, activation } = clip.config;
  const grown = createClip(
    { embedDim, activation, vision: image, text, ...configOf(knowledge) },
    { rng: seededRng("knowledge", seed), weights: new Map([...weights, ...knowledge.weights]) },
  );
  clip.dispose();
  return { clip: grown, tokenizer, ...phrasesOf(knowledge) };
}

/**
 * The folder of a model: that of a run's last model where the path is a run's, else the path itself (a folder, or a name of the hub).
 *
 * @throws TrainError where the run is not finished
 */
export async function modelFolder(path: string): Promise<string> {
  const record = await readFile(join(path, "run.json"), "utf8").catch(() => undefined);
  if (record === undefined) {
    if (existsSync(join(path, "recipe.json"))) {
      throw new TrainError(`${path}: this run is not finished; go on with it first (train run … --resume)`);
    }
    return path;
  }
  const { model } = JSON.parse(record) as { readonly model?: string };
  return join(path, model ?? "checkpoint");
}
