import { RegionMapperError } from "../errors.js";

/** What is read of a scene graph. */
export interface DescribedObjects {
  readonly objects: readonly { readonly name: string; readonly attributes: readonly { readonly name: string }[] }[];
}

/**
 * Estimates the region-attribute pairs of an image without ground truth, from the parsed captions of the image and the
 * number of its proposed regions; feed the numbers to `pairwiseComplexity`. How the paper estimates them on COCO is not
 * published; this is our reconstruction.
 *
 * Captions repeat each other, so an object's name counts as often as the caption that names it most, and so does each
 * of its attributes; a name counts as an attribute. No more pairs exist than regions times different attributes.
 *
 * @throws RegionMapperError `out-of-range` for a number of regions that is no whole number of 0 or more.
 */
export function estimatePairs(captions: readonly DescribedObjects[], regions: number): number {
  if (!Number.isInteger(regions) || regions < 0) {
    throw new RegionMapperError("out-of-range", `regions is ${regions}; expected a whole number, 0 or more`);
  }
  const most = new Map<string, number>();
  const attributes = new Set<string>();
  for (const { objects } of captions) {
    const counts = new Map<string, number>();
    const count = (pair: string): void => void counts.set(pair, (counts.get(pair) ?? 0) + 1);
    for (const { name, attributes: own } of objects) {
      attributes.add(name);
      count(JSON.stringify([name]));
      for (const attribute of new Set(own.map((each) => each.name))) {
        attributes.add(attribute);
        count(JSON.stringify([name, attribute]));
      }
    }
    for (const [pair, times] of counts) most.set(pair, Math.max(times, most.get(pair) ?? 0));
  }
  const named = [...most.values()].reduce((sum, times) => sum + times, 0);
  return Math.min(named, regions * attributes.size);
}
