import { readFile } from "node:fs/promises";
import { worldDataset } from "@tesserae/world";
import { PerfError } from "./perf-error.js";

/**
 * Captions to measure with: the lines of a file that are not empty, or captions of the embedded world.
 *
 * @param count How many; a shorter file is repeated from its start.
 * @throws {PerfError} When the file cannot be read or holds no caption.
 */
export async function perfCaptions(file: string | undefined, count: number): Promise<readonly string[]> {
  const captions = file === undefined ? worldCaptions(count) : await linesOf(file);
  return Array.from({ length: count }, (_, index) => captions[index % captions.length]!);
}

function worldCaptions(count: number): readonly string[] {
  return worldDataset({ seed: 0, split: "train", count }).samples.map(({ captions }) => captions[0]!);
}

async function linesOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new PerfError(`${file}: cannot be read (${error.code}); expected a text file with one caption a line`);
  });
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length === 0) throw new PerfError(`${file}: holds no caption; expected one a line`);
  return lines;
}
