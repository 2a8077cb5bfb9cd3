import type { Dataset, Sample } from "../dataset.js";
import { DataError } from "../errors.js";
import { collectSamples } from "./collect-samples.js";
import { expandPath } from "./expand-path.js";
import { findImages, type ImageFinder, noImages } from "./find-images.js";
import { findReader, type OpenedSource, readRecords } from "./read-records.js";
import type { DataProblem, DataRecord, Reader, ReadOptions } from "./reader.js";
import { imageRoot, openSource } from "./source.js";

/** How to open a data set. */
export interface OpenOptions extends ReadOptions {
  /** Where the images that a file names are. Default: `images/` beside the file, else beside it. */
  readonly imageFolder?: string;
  /** Readers that are asked before the built-in ones. */
  readonly readers?: readonly Reader[];
  /** Only the records of this split; "train" takes Karpathy's "restval" too. */
  readonly split?: string;
  /**
   * Of a mix, `a.tar::b.tar`, how often the samples of each part come: 2 for twice, 0.5 for every second. Default 1
   * each (open_clip's `--train-data-upsampling-factors`).
   */
  readonly weights?: readonly number[];
}

/**
 * Opens a data set: a path, whose format its content tells; several (`shards/{0000..0099}.tar`); a mix of them
 * (`a.tar::b.json`); or a reader made for a path. Every record becomes part of a sample or is in `problems`; images
 * stay where they are until `loadImage` is called. Throws a DataError that says what was found and expected.
 */
export async function openDataset(pathOrReader: string | Reader, options: OpenOptions = {}): Promise<Dataset> {
  const reader = typeof pathOrReader === "string" ? undefined : pathOrReader;
  const address = typeof pathOrReader === "string" ? pathOrReader : pathOrReader.path;
  if (address === undefined) {
    throw new DataError(
      "bad-option",
      `openDataset: the reader ${reader?.name} has no path; give it one, or give a path`,
    );
  }
  const parts = await expandPath(address);
  const { weights = parts.map(() => 1) } = options;
  checkWeights(weights, parts.length, address);
  const opened: Dataset[] = [];
  for (const files of parts) opened.push(await openPart(files, reader, options));
  if (opened.length === 1 && weights[0] === 1) return opened[0]!;
  return mix(opened, weights);
}

async function openPart(files: readonly string[], reader: Reader | undefined, options: OpenOptions): Promise<Dataset> {
  const sources: OpenedSource[] = [];
  for (const file of files) {
    // Shards of one part have one format: the first tells it.
    const known = reader ?? sources[0]?.reader;
    sources.push(known ? { reader: known, source: await openSource(file) } : await findReader(file, options));
  }
  const [{ reader: chosen, source }] = sources as [OpenedSource, ...OpenedSource[]];
  async function* all() {
    for (const one of sources) yield* readRecords(one, options);
  }
  const records = all();
  const places = { folder: options.imageFolder, root: await imageRoot(source), readImage: chosen.readImage };
  const finder = await findImages(places);
  const first = await take(records, probeLength);
  const isLost = options.imageFolder === undefined && !(await anyFound(first, finder));
  const images = isLost ? noImages : finder;
  const collected = await collectSamples(chain(first, records), images.find, options.split);
  const { samples, problems, splits, hasImages, revision } = collected;
  if (samples.length === 0 && options.split !== undefined && problems.length === 0) {
    const found = splits.length === 0 ? "its records name no split" : `its splits are ${splits.join(", ")}`;
    throw new DataError("bad-option", `${files[0]}: no record of the split "${options.split}"; ${found}`);
  }
  if (samples.length === 0) {
    const why = problems[0] ? `; the first problem: ${problems[0]}` : "";
    throw new DataError("empty", `${files[0]}: no usable record (${problems.length} skipped)${why}`);
  }
  return {
    name: chosen.name,
    revision,
    samples,
    problems,
    ...(isLost || !hasImages ? { captionsOnly: true } : {}),
    loadImage: hasImages ? images.load : noImages.load,
  };
}

/** Records whose images are looked for before the data set is taken for captions alone. */
const probeLength = 100;

type Records = AsyncGenerator<DataRecord | DataProblem>;

async function take(records: Records, count: number): Promise<readonly (DataRecord | DataProblem)[]> {
  const first: (DataRecord | DataProblem)[] = [];
  while (first.length < count) {
    const { value, done } = await records.next();
    if (done) break;
    first.push(value);
  }
  return first;
}

async function* chain(first: readonly (DataRecord | DataProblem)[], rest: Records): Records {
  yield* first;
  yield* rest;
}

async function anyFound(records: readonly (DataRecord | DataProblem)[], { find }: ImageFinder): Promise<boolean> {
  for (const record of records) {
    if ("problem" in record) continue;
    if (record.address !== undefined) return true;
    if (record.image === undefined) continue;
    if ((await find(record.image)) !== undefined) return true;
  }
  return false;
}

function checkWeights(weights: readonly number[], parts: number, address: string): void {
  const isWeight = (weight: number) => Number.isFinite(weight) && weight > 0;
  if (weights.length === parts && weights.every(isWeight)) return;
  const found = `weights are ${JSON.stringify(weights)} for ${parts} parts`;
  throw new DataError("bad-option", `${address}: ${found}; give a number above 0 for each part between "::"`);
}

/** The samples of all parts, each as often as its weight says; hard negatives are numbered anew. */
function mix(parts: readonly Dataset[], weights: readonly number[]): Dataset {
  const owners = new Map<string, Dataset>();
  const samples: Sample[] = [];
  for (const [index, part] of parts.entries()) {
    const weight = weights[index]!;
    /** Where each sample of the part first comes in the mix. */
    const places: (number | undefined)[] = [];
    const start = samples.length;
    for (const [row, sample] of part.samples.entries()) {
      owners.set(sample.image, part);
      const times = Math.floor((row + 1) * weight) - Math.floor(row * weight);
      places.push(times > 0 ? samples.length : undefined);
      for (let time = 0; time < times; time++) samples.push(sample);
    }
    for (let at = start; at < samples.length; at++) {
      const { hardNegativeImages, ...own } = samples[at]!;
      if (hardNegativeImages === undefined) continue;
      samples[at] = { ...own, hardNegativeImages: hardNegativeImages.flatMap((row) => places[row] ?? []) };
    }
  }
  return {
    name: [...new Set(parts.map(({ name }) => name))].join("+"),
    revision: parts.map(({ revision }, index) => `${revision}x${weights[index]}`).join("+"),
    samples,
    problems: parts.flatMap(({ problems }) => problems),
    ...(parts.every(({ captionsOnly }) => captionsOnly) ? { captionsOnly: true } : {}),
    loadImage: (image) => (owners.get(image) ?? parts[0]!).loadImage(image),
  };
}
