import { assignAttributes, type RegionPairs, regionPairs, type ValidationImage } from "@tesserae/region-mapper";
import { pickIndex, type Rng } from "@tesserae/scene-graph/random";
import type { RegionData, RegionSample } from "./region-sample.js";

/**
 * How a region comes to its text.
 * - `image`: no regions, the whole image with the whole text: the one-to-one model
 * - `mapping`: ViLLA
 * - `truth`: the true attributes, the upper bound
 * - `random`: every attribute of the text goes to a region drawn at random, a control
 * - `whole-text`: every region has the whole text, a control
 */
export type PairSource = "image" | "mapping" | "truth" | "random" | "whole-text";

/** All sources, in the order in which an error lists them. */
export const pairSources: readonly PairSource[] = ["image", "mapping", "truth", "random", "whole-text"];

/** Pairs of all images; of an attribute that no sentence names there is none. */
export function pairsOf(
  data: RegionData,
  source: PairSource,
  {
    rng,
    scores,
    epsilon = 0.2,
  }: { readonly rng: Rng; readonly scores?: readonly number[][][]; readonly epsilon?: number },
): { readonly pairs: readonly RegionPairs[]; readonly unnamed: number } {
  let unnamed = 0;
  const pairs = data.samples.map((sample, index) => {
    const bare = { image: sample.image, width: sample.width, height: sample.height, sentences: sample.sentences };
    const assigned = source === "image" ? [] : assignedOf(data, sample, source, scores?.[index], epsilon, rng);
    const boxes = source === "image" ? [] : sample.boxes;
    if (source === "whole-text") {
      const { pairs } = regionPairs({ ...bare, boxes: [], assigned: [] }, { rng });
      const cells = sample.boxes.map((box) => ({
        box,
        attributes: [...sample.attributes],
        sentences: sample.sentences,
      }));
      return { ...pairs, regions: [...cells, ...pairs.regions] };
    }
    const result = regionPairs({ ...bare, boxes, assigned }, { rng });
    unnamed += result.unnamed.length;
    return result.pairs;
  });
  return { pairs, unnamed };
}

function assignedOf(
  data: RegionData,
  sample: RegionSample,
  source: PairSource,
  scores: readonly number[][] | undefined,
  epsilon: number,
  rng: Rng,
): readonly (readonly string[])[] {
  if (source === "truth") return sample.truth!;
  if (source === "mapping") {
    const attributes = sample.attributes.map((name) => data.attributes.indexOf(name));
    return assignAttributes(scores!, { epsilon, attributes }).map((own) =>
      own.map((column) => data.attributes[column]!),
    );
  }
  const assigned: string[][] = sample.boxes.map(() => []);
  if (source === "random") for (const name of sample.attributes) assigned[pickIndex(rng, assigned.length)]!.push(name);
  return assigned;
}

/** What `chooseEpsilon` reads. */
export function validationImages(data: RegionData, scores: readonly number[][][]): ValidationImage[] {
  const column = new Map(data.attributes.map((name, index) => [name, index]));
  return data.samples.map((sample, index) => ({
    scores: scores[index]!,
    attributes: sample.attributes.map((name) => column.get(name)!),
    truth: sample.truth!.map((own) => own.map((name) => column.get(name)!)),
  }));
}
