import { type Box, expectBox } from "../boxes/box.js";
import { RegionMapperError } from "../errors.js";
import type { RegionPair, RegionPairs } from "./region-pairs.js";

/** One image's pairs as a line of JSON, without the line's end. */
export function formatRegionPairs(pairs: RegionPairs): string {
  return JSON.stringify(pairs);
}

/**
 * Reads a line that `formatRegionPairs` wrote, or one of another program that has the same fields.
 *
 * @param where How a message calls the line, such as "pairs.jsonl:12".
 * @throws RegionMapperError `not-a-record` that names the field that is wrong.
 */
export function parseRegionPairs(line: string, where: string): RegionPairs {
  const fail = (what: string): never => {
    throw new RegionMapperError(
      "not-a-record",
      `${where}: ${what}; expected { image, width, height, regions: [{ box, attributes, sentences, whole? }] }`,
    );
  };
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return fail("is no JSON");
  }
  if (typeof record !== "object" || record === null || Array.isArray(record)) return fail("is no object");
  const { image, width, height, regions } = record;
  if (typeof image !== "string") return fail(`image is ${JSON.stringify(image)}`);
  for (const [name, size] of [["width", width] as const, ["height", height] as const]) {
    if (typeof size !== "number" || !(size > 0)) return fail(`${name} is ${JSON.stringify(size)}`);
  }
  if (!Array.isArray(regions)) return fail(`regions is ${JSON.stringify(regions)}`);
  return {
    image,
    width: width as number,
    height: height as number,
    regions: regions.map((region, index) => readRegion(region, `regions[${index}]`, fail)),
  };
}

function readRegion(region: unknown, name: string, fail: (what: string) => never): RegionPair {
  if (typeof region !== "object" || region === null) return fail(`${name} is ${JSON.stringify(region)}`);
  const { box, attributes, sentences, whole } = region as Record<string, unknown>;
  try {
    expectBox(box as Box, `${name}.box`);
  } catch {
    return fail(`${name}.box is ${JSON.stringify(box)}`);
  }
  if (!isTexts(attributes)) return fail(`${name}.attributes is ${JSON.stringify(attributes)}`);
  if (!isTexts(sentences) || sentences.length === 0) return fail(`${name}.sentences is ${JSON.stringify(sentences)}`);
  return { box: box as Box, attributes, sentences, ...(whole === true ? { whole } : {}) };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}
