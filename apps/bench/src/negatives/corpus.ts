import { basename } from "node:path";
import { DataError, type Dataset, openDataset } from "@tesserae/data";
import { buildVocabulary, type NegativeMiner, type Vocabulary } from "@tesserae/negatives";
import { LoadMinerError, loadMiner } from "@tesserae/negatives/load";
import { createParser, type SceneGraph } from "@tesserae/scene-graph";
import { worldDataset } from "@tesserae/world";
import { BenchError } from "../bench-error.js";

/** The captions of a file with their graphs. */
export interface Corpus {
  readonly name: string;
  readonly graphs: readonly SceneGraph[];
  /** For each caption the negatives that the file itself brings; only where it brings any (NegCLIP's table). */
  readonly published?: readonly (readonly string[])[];
  /** Lines that could not be read. */
  readonly problems: readonly string[];
}

/** Opens a file of captions, of any format that `@tesserae/data` knows, and parses them. @throws BenchError */
export async function openCorpus(path: string, limit?: number): Promise<Corpus> {
  try {
    const { samples, problems }: Pick<Dataset, "samples" | "problems"> =
      path === "world" ? worldDataset({ seed: 1, split: "train", count: 4000 }) : await openDataset(path);
    const texts = samples
      .flatMap(({ captions, negativeCaptions }) => captions.map((caption) => ({ caption, negativeCaptions })))
      .slice(0, limit);
    const parse = createParser();
    return {
      name: path === "world" ? path : basename(path),
      graphs: texts.map(({ caption }) => parse(caption)),
      problems,
      ...(texts.some(({ negativeCaptions }) => negativeCaptions !== undefined)
        ? { published: texts.map(({ negativeCaptions }) => negativeCaptions ?? []) }
        : {}),
    };
  } catch (error) {
    if (error instanceof DataError) throw new BenchError(error.message);
    throw error;
  }
}

/** Words that stand fewer times in the captions are no replacements: most of them are misspelt. */
const minCount = 3;

/** What replacements are drawn from: the words of the captions themselves. */
export function corpusVocabulary(graphs: readonly SceneGraph[]): Vocabulary {
  const vocabulary = buildVocabulary(graphs, { minCount });
  const isSmall = vocabulary.objects.length === 0 || vocabulary.attributes.length === 0;
  return isSmall ? buildVocabulary(graphs) : vocabulary;
}

/** What a miner's file may import without having it installed, besides what `loadMiner` lends; the training app lends the same. */
const providedModules = {
  "@tesserae/augment": () => import("@tesserae/augment"),
  "@tesserae/data": () => import("@tesserae/data"),
  "@tesserae/world": () => import("@tesserae/world"),
};

/** The miners of names, files or packages. @throws BenchError */
export async function loadMiners(references: readonly string[], vocabulary: Vocabulary): Promise<NegativeMiner[]> {
  try {
    return await Promise.all(references.map((reference) => loadMiner(reference, { vocabulary, providedModules })));
  } catch (error) {
    if (error instanceof LoadMinerError) throw new BenchError(`--miner ${error.message}`);
    throw error;
  }
}
