import type { BenchmarkInfo, ChoiceItem } from "./benchmark.js";

/** The seven files of SugarCrepe, without ".json". */
export const sugarcrepeSubsets = [
  "add_att",
  "add_obj",
  "replace_att",
  "replace_obj",
  "replace_rel",
  "swap_att",
  "swap_obj",
] as const;

/** One of {@link sugarcrepeSubsets}. */
export type SugarcrepeSubset = (typeof sugarcrepeSubsets)[number];

/**
 * Items of one SugarCrepe file: an object of `{ filename, caption, negative_caption }` by index. Indices need not be contiguous
 * (swap_obj lacks 108). The right caption stands first; images are COCO val2017 file names.
 *
 * @param json text of the file.
 * @param source its path, for messages.
 * @throws Error that names the file and entry on anything else.
 */
export function readSugarcrepe(json: string, source: string): readonly ChoiceItem[] {
  let entries: unknown;
  try {
    entries = JSON.parse(json);
  } catch (error) {
    throw new Error(
      `${source}: not JSON (${(error as Error).message}); expected a file of github.com/RAIVNLab/sugar-crepe/data`,
    );
  }
  if (typeof entries !== "object" || entries === null || Array.isArray(entries)) {
    throw new Error(`${source}: expected an object of entries by index, as in github.com/RAIVNLab/sugar-crepe/data`);
  }
  return Object.entries(entries).map(([key, entry]) => {
    const { filename, caption, negative_caption: negative } = (entry ?? {}) as Record<string, unknown>;
    if (typeof filename !== "string" || typeof caption !== "string" || typeof negative !== "string") {
      throw new Error(`${source}: entry "${key}": expected texts "filename", "caption" and "negative_caption"`);
    }
    return { image: filename, captions: [caption, negative], correct: 0 };
  });
}

/** SugarCrepe counts a tie as wrong, and reports every file by itself. */
export function sugarcrepeInfo(subset: SugarcrepeSubset, dataRevision: string): BenchmarkInfo {
  return {
    name: `sugarcrepe/${subset}`,
    version: "1",
    split: "val2017",
    dataRevision,
    chance: 0.5,
    tieRule: "positive-must-win",
    averaging: "micro",
    citation: "Hsieh et al., SugarCrepe: Fixing Hackable Benchmarks for Vision-Language Compositionality, NeurIPS 2023",
    licence: "MIT (annotations); images: COCO, per photo",
  };
}
