import { stat } from "node:fs/promises";
import { DataError } from "../errors.js";

/** Parts of a mix, each a list of paths. */
export type Parts = readonly (readonly string[])[];

/** Most paths that ranges may stand for. */
const mostPaths = 1_000_000;

/**
 * The paths that an address stands for, as WebDataset and open_clip write it: `::` between the parts of a mix,
 * `{0000..0099}` for a range of numbers (as wide as its first), `{a,b}` for either. A file or folder that has such a
 * name is itself. Throws a DataError for a range that is none.
 */
export async function expandPath(address: string): Promise<Parts> {
  if (await stat(address).catch(() => undefined)) return [[address]];
  return address.split("::").map((part) => {
    if (part === "")
      throw new DataError("bad-option", `${address}: an empty part beside "::"; give a path on both sides`);
    return expandBraces(part, part);
  });
}

function expandBraces(path: string, whole: string): string[] {
  const [, before, inside, after] = /^([^{]*)\{([^{}]*)\}(.*)$/s.exec(path) ?? [];
  if (inside === undefined) return [path];
  const alternatives = rangeOf(inside, whole) ?? (inside.includes(",") ? inside.split(",") : undefined);
  if (!alternatives) return expandBraces(after!, whole).map((rest) => `${before}{${inside}}${rest}`);
  const rests = expandBraces(after!, whole);
  return alternatives.flatMap((one) => rests.map((rest) => `${before}${one}${rest}`));
}

function rangeOf(inside: string, whole: string): string[] | undefined {
  const [, first, last] = /^(\d+)\.\.(\d+)$/.exec(inside) ?? [];
  if (first === undefined) return undefined;
  const [from, to] = [Number(first), Number(last)];
  if (to < from || to - from >= mostPaths) {
    throw new DataError("bad-option", `${whole}: {${inside}} is no range; expected {first..last} with first <= last`);
  }
  return Array.from({ length: to - from + 1 }, (_, index) => String(from + index).padStart(first.length, "0"));
}
