import { existsSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import {
  cacheScorer,
  chanceScorer,
  type ImageRef,
  type ModelRecord,
  type Scorer,
  textScorer,
} from "@tesserae/benchmarks";
import { createScorer, loadClip, type RgbImage } from "@tesserae/models";
import { weightsRevision } from "@tesserae/models/node";
import { parse, triples } from "@tesserae/scene-graph";
import { BenchError } from "../bench-error.js";
import { importFile } from "../import-file.js";
import { cacheEmbeddings } from "./cache-embeddings.js";
import { openDetectionsFile } from "./detections-file.js";
import { regionEmbedder } from "./embed-regions.js";
import { embeddingFormats, openEmbeddingFile } from "./embedding-file.js";
import { openRunFolder, type RunFolder } from "./run-folder.js";
import { shortcutScorers } from "./shortcut-scorers.js";
import { isOnnxFolder, openTransformers, transformersPrefix } from "./transformers-scorer.js";

/** A model ready to be scored. */
export interface OpenedModel {
  readonly scorer: Scorer;
  readonly record: ModelRecord;
  /** Below it results are written into `results/`, unless the command says otherwise. */
  readonly folder: string;
  /** Whether it takes images through the loader; embeddings from a file and a user's own scorer do not. */
  readonly loadsImages: boolean;
  dispose(): void | Promise<void>;
}

export interface OpenModelOptions {
  /** Gives a whole image. */
  loadImage(image: ImageRef): Promise<RgbImage>;
  readonly batchSize?: number | undefined;
  /** Threads of ONNX models that `@huggingface/transformers` runs. */
  readonly threads?: number | undefined;
  /** Folder in which embeddings are kept between runs. */
  readonly cache?: string | undefined;
}

/** Blind scorers by name: what they get right, a benchmark gives away. */
const blind: Readonly<Record<string, () => Scorer>> = {
  chance: () => chanceScorer(),
  "text:shortest": () => textScorer("text:shortest", (caption) => -caption.length),
  "text:longest": () => textScorer("text:longest", (caption) => caption.length),
  ...shortcutScorers,
};

/** A model that is there, and not yet loaded. */
export interface FoundModel {
  /** Its name in results and tables. */
  readonly name: string;
  /** Whether images have to be there to score it; not for embeddings, detections and blind scorers. */
  readonly needsImages: boolean;
  open(options: OpenModelOptions): Promise<OpenedModel>;
}

/**
 * Finds what `--model` names: a run of ours, a Hugging Face or open_clip folder, a hub name ("openai/clip-vit-base-patch32"), a file of
 * embeddings or detections, a model that `@huggingface/transformers` runs ("transformers:" before a folder or hub name; a folder with nothing but ONNX
 * needs no such word), a file whose default export is a Scorer, a blind scorer (chance, text:shortest, text:longest), or a
 * shortcut through the synthetic world (shortcut:text, shortcut:words, shortcut:first-named, shortcut:picture).
 *
 * @throws BenchError when there is no such model; the models' own error when its files do not fit.
 */
export async function findModel(reference: string): Promise<FoundModel> {
  const blindScorer = blind[reference];
  if (blindScorer) return found(reference.replace(":", "-"), async () => blindScorer());
  if (reference.startsWith(transformersPrefix)) return transformers(reference.slice(transformersPrefix.length));
  if (existsSync(reference) && statSync(reference).isDirectory()) {
    if (isOnnxFolder(reference)) return transformers(reference);
    const run = await openRunFolder(reference);
    return { name: run.name, needsImages: true, open: (options) => openClip(run, options) };
  }
  const format = embeddingFormats.find((known) => known === extname(reference));
  if (format && existsSync(reference)) {
    return found(basename(reference, format), () => openEmbeddingFile(reference, format));
  }
  if (extname(reference) === ".json" && existsSync(reference)) {
    return found(basename(reference, ".json"), () => openDetectionsFile(reference));
  }
  if (/\.[cm]?[jt]s$/.test(reference) && existsSync(reference)) {
    const scorer = await openScorerFile(reference);
    return { ...found(scorer.name, async () => scorer), needsImages: true };
  }
  if (/^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(reference)) {
    const name = basename(reference);
    const run = { name, folder: join("runs", name), checkpoint: reference, record: null };
    return { name, needsImages: true, open: (options) => openClip(run, options) };
  }
  throw new BenchError(
    `--model ${reference}: no such folder or file; expected a run, a Hugging Face or open_clip folder, a file of embeddings ` +
      `(${embeddingFormats.join(", ")}), a file of detections (.json), a file with a Scorer (.ts, .js), owner/name on the hub, ` +
      `${transformersPrefix}folder or owner/name (ONNX), or ${Object.keys(blind).join(", ")}`,
  );
}

async function openClip(run: RunFolder, { loadImage, batchSize, cache }: OpenModelOptions): Promise<OpenedModel> {
  const { clip, tokenizer, phraseTokenizer } = await loadClip(run.checkpoint);
  const revision = await weightsRevision(clip);
  const scorer = createScorer(clip, tokenizer, {
    loadImage: (image: ImageRef) => loadImage(image),
    ...(batchSize !== undefined && { batchSize }),
    triplesOf: (caption) => triples(parse(caption)),
    ...(phraseTokenizer !== undefined && { phraseTokenizer }),
    name: run.name,
    revision,
  });
  const embedRegions = regionEmbedder(clip, loadImage);
  const { recipe, method = recipe, scale, seed, miner } = run.record ?? {};
  const whole: Scorer = { ...scorer, ...(embedRegions && { embedRegions }) };
  return {
    scorer: cacheScorer(cache === undefined ? whole : cacheEmbeddings(whole, cache)),
    record: {
      name: run.name,
      revision,
      activation: clip.config.activation,
      ...(method !== undefined && { method }),
      ...(scale !== undefined && { scale }),
      ...(seed !== undefined && { seed }),
      ...(miner !== undefined && { miner }),
    },
    folder: run.folder,
    loadsImages: true,
    dispose: () => clip.dispose(),
  };
}

/** A model in ONNX's form, which `@huggingface/transformers` runs. */
function transformers(reference: string): FoundModel {
  const name = basename(reference);
  return {
    name,
    needsImages: true,
    async open({ cache, ...options }) {
      const scorer = await openTransformers(reference, options);
      return {
        scorer: cacheScorer(cache === undefined ? scorer : cacheEmbeddings(scorer, cache)),
        record: { name, revision: scorer.revision },
        folder: existsSync(reference) ? reference : join("runs", name),
        loadsImages: true,
        dispose: () => scorer.dispose(),
      };
    },
  };
}

async function openScorerFile(path: string): Promise<Scorer> {
  const scorer = (await importFile(path)) as Partial<Scorer> | null;
  const fits =
    typeof scorer?.name === "string" &&
    typeof scorer.revision === "string" &&
    typeof scorer.embedImages === "function" &&
    typeof scorer.embedTexts === "function";
  if (fits) return cacheScorer(scorer as Scorer);
  throw new BenchError(
    `--model ${path}: its default export is no Scorer; expected { name, revision, embedImages, embedTexts, score? } or a function that returns one`,
  );
}

/** A scorer that takes care of images itself. */
function found(name: string, open: () => Promise<Scorer>): FoundModel {
  return {
    name,
    needsImages: false,
    async open() {
      const scorer = await open();
      return {
        scorer,
        record: { name, revision: scorer.revision },
        folder: join("runs", name),
        loadsImages: false,
        dispose: () => {},
      };
    },
  };
}
