import type { Box } from "../boxes/box.js";
import { wholeImageBox } from "../boxes/proposals.js";
import { RegionMapperError } from "../errors.js";
import type { Rng } from "../mapping/create-mapping-model.js";

/** A region and what the caption says of it. */
export interface RegionPair {
  readonly box: Box;
  /** Names of the assigned attributes; none for the whole image. */
  readonly attributes: readonly string[];
  /** The caption's sentences that say so; all of them for the whole image. Never empty. */
  readonly sentences: readonly string[];
  /** Marks the whole image with the whole caption. */
  readonly whole?: true;
}

/** All pairs of one image: what stage 2 trains on. */
export interface RegionPairs {
  readonly image: string;
  readonly width: number;
  readonly height: number;
  readonly regions: readonly RegionPair[];
}

/** An image whose attributes have been assigned. */
export interface AssignedImage {
  readonly image: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  /** Names of the attributes of each box. */
  readonly assigned: readonly (readonly string[])[];
  /** The caption, sentence by sentence. */
  readonly sentences: readonly string[];
}

/** What stands between the sentences of a region's text in DocMNIST and in ViLLA's code. */
export const sentenceSeparator = " . ";

/**
 * Turns assigned attributes into texts, as `villa/utils/mapping.py`: each attribute of a region becomes one of the caption's
 * sentences that has its name as a word, drawn at random. Regions without a sentence go, and the whole image with
 * the whole caption is added as a region (the original pair is kept).
 *
 * @param options.wholeImage Default true.
 * @returns The pairs, and the attributes that no sentence names: they are left out.
 * @throws RegionMapperError `shape-mismatch` when boxes and assigned attributes differ in number; `empty-input` without sentences.
 */
export function regionPairs(
  { image, width, height, boxes, assigned, sentences }: AssignedImage,
  { rng, wholeImage = true }: { readonly rng: Rng; readonly wholeImage?: boolean },
): { readonly pairs: RegionPairs; readonly unnamed: readonly string[] } {
  if (boxes.length !== assigned.length) {
    throw new RegionMapperError(
      "shape-mismatch",
      `image "${image}": ${boxes.length} boxes and attributes of ${assigned.length}; expected as many`,
    );
  }
  if (sentences.length === 0) throw new RegionMapperError("empty-input", `image "${image}" has no sentences`);
  const unnamed = new Set<string>();
  const regions = boxes.flatMap((box, region): RegionPair[] => {
    const own = assigned[region]!.flatMap((attribute) => {
      const naming = sentences.filter((sentence) => names(sentence, attribute));
      if (naming.length === 0) unnamed.add(attribute);
      return naming.length === 0 ? [] : [naming[Math.floor(rng() * naming.length)]!];
    });
    return own.length === 0 ? [] : [{ box, attributes: assigned[region]!, sentences: [...new Set(own)] }];
  });
  const whole: RegionPair = { box: wholeImageBox({ width, height }), attributes: [], sentences, whole: true };
  return {
    pairs: { image, width, height, regions: wholeImage ? [...regions, whole] : regions },
    unnamed: [...unnamed],
  };
}

/** A region's text: its sentences, joined. */
export function regionText({ sentences }: RegionPair): string {
  return sentences.join(sentenceSeparator);
}

/** Whether a sentence has a name as a word or words of its own. */
function names(sentence: string, attribute: string): boolean {
  const escaped = attribute.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "iu").test(sentence);
}
