import { BenchmarkError } from "../benchmark/benchmark-error.js";
import type { Source } from "../benchmark/source.js";
import type { ClassificationItem } from "../families/classification.js";

/** Names of the classes, one a line, as CLIP_benchmark writes them. */
export const classFile = "classnames.txt";

/** The lines of a file that say something. */
export async function readLines(source: Source, path: string): Promise<readonly string[]> {
  return (await source.text(path)).split(/\r?\n/).filter((line) => line.trim() !== "");
}

/**
 * The images below a folder with their class numbers: `<folder>/<class number>/<name>.jpg` (several numbers joined by + where an image has
 * several classes), or the WebDataset shards that CLIP_benchmark writes (`<key>.webp`, `.png` or `.jpg` with its number in `<key>.cls`).
 *
 * @throws BenchmarkError when there is no image, and on a number that is no class
 */
export async function readClassImages(
  source: Source,
  folder: string,
  classes: number,
): Promise<readonly ClassificationItem[]> {
  const files = await source.files(folder);
  const paths = files.filter((path) => /\.(jpe?g|png|webp)$/i.test(path));
  if (paths.length === 0) {
    throw new BenchmarkError(
      `${folder}/: no image below it; expected ${folder}/<class number>/<name>.jpg, or ${folder}/0.tar and so on`,
    );
  }
  const labels = await labelsOf(paths, new Set(files), source);
  return paths.map((path, index) => {
    const own = labels[index]!;
    if (own.some((label) => !(Number.isInteger(label) && label >= 0 && label < classes))) {
      const where = path.includes("#") ? "its .cls" : "its folder";
      throw new BenchmarkError(`${path}: ${where} is no class number below ${classes} (${classFile})`);
    }
    return { image: source.image(path), labels: own };
  });
}

/** Class numbers of each image: from its folder's name, or from the .cls of its key in a shard. */
async function labelsOf(
  paths: readonly string[],
  files: ReadonlySet<string>,
  source: Source,
): Promise<readonly (readonly number[])[]> {
  const labels: number[][] = [];
  for (const path of paths) {
    if (!path.includes("#")) {
      labels.push(path.split("/").at(-2)!.split("+").map(Number));
      continue;
    }
    const classPath = `${/^[^#]*#(?:.*\/)?[^./]+/.exec(path)![0]}.cls`;
    if (!files.has(classPath))
      throw new BenchmarkError(`${path}: no ${classPath} beside it; expected its class number`);
    const text = (await source.text(classPath)).trim();
    labels.push([/^\d+$/.test(text) ? Number(text) : -1]);
  }
  return labels;
}
