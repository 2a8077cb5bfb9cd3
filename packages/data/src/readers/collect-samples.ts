import { createHash } from "node:crypto";
import type { Sample } from "../dataset.js";
import type { DataProblem, DataRecord } from "./reader.js";

/** Parts of Karpathy's and the hub's data sets under their usual names. */
const splitNames: Readonly<Record<string, string>> = { restval: "train", validation: "val" };

/** Samples made of records, and what could not be used. */
export interface Collected {
  readonly samples: readonly Sample[];
  readonly problems: readonly string[];
  /** The splits that records name. */
  readonly splits: readonly string[];
  /** Whether any record names an image. */
  readonly hasImages: boolean;
  /** The first 12 digits of the SHA-256 of the records as the files name them. */
  readonly revision: string;
}

/** A sample while its records are gathered. */
interface OpenSample {
  readonly record: DataRecord;
  readonly id: string;
  /** Path or address. */
  readonly image: string;
  readonly captions: string[];
  readonly graphs: NonNullable<Sample["graphs"]>[number][];
  readonly captionBoxes: NonNullable<Sample["captionBoxes"]>[number][];
}

/**
 * Gathers records into samples, one an image, in the order of first appearance. Records of an image that bring
 * negatives of their own stay samples of their own. An image that is not there, a record without an image where others
 * have one, and an id given to two images are problems.
 *
 * @param find the path or address of an image as a record names it; undefined when it is not there.
 * @param split records of other splits, or of none, are left out; "train" takes "restval" too.
 */
export async function collectSamples(
  records: AsyncIterable<DataRecord | DataProblem>,
  find: (name: string) => Promise<string | undefined>,
  split?: string,
): Promise<Collected> {
  const problems: string[] = [];
  const hash = createHash("sha256");
  const gathered = createGathering();
  const withoutImage: DataRecord[] = [];
  const splits = new Set<string>();
  let lostImages = 0;
  const problem = ({ where }: DataRecord, what: string) => problems.push(`${where}: ${what}; skipped`);
  const add = (record: DataRecord, image?: string) => {
    const { where, address, ...content } = record; // where the files are is no part of what they say
    const fault = gathered.add(record, image);
    if (fault !== undefined) problem(record, fault);
    else hash.update(JSON.stringify(content));
  };
  for await (const record of records) {
    if ("problem" in record) problems.push(`${record.where}: ${record.problem}; skipped`);
    else if (split !== undefined && !isOfSplit(record.split, split, splits)) continue;
    else if (record.address !== undefined) add(record, record.address);
    else if (record.image === undefined) withoutImage.push(record);
    else {
      const image = await find(record.image);
      if (image !== undefined) add(record, image);
      else {
        lostImages++;
        problem(record, `no image ${record.image}`);
      }
    }
  }
  const hasImages = gathered.samples.length > 0 || lostImages > 0;
  for (const record of withoutImage) {
    if (!hasImages) add(record);
    else problem(record, "names no image, as other records do");
  }
  const samples = finish(gathered.samples);
  return { samples, problems, splits: [...splits], hasImages, revision: hash.digest("hex").slice(0, 12) };
}

/** Gathers records by image and watches that an id is given to one image only. */
function createGathering() {
  const samples: OpenSample[] = [];
  const byImage = new Map<string, OpenSample>();
  /** What each id was given to: its image, or the caption alone; and where. */
  const owners = new Map<string, { readonly image: string; readonly where: string }>();
  const freeId = (id: string): string => {
    for (let count = 2; ; count++) if (!owners.has(`${id}-${count}`)) return `${id}-${count}`;
  };
  return {
    samples,
    /** @returns what is wrong with the record, if anything */
    add(record: DataRecord, image?: string): string | undefined {
      const known = image === undefined ? undefined : byImage.get(image);
      const isLocal = record.isLocalId ?? false;
      const owner = owners.get(record.id);
      const isTaken = owner !== undefined && (image === undefined ? isLocal : owner.image !== image);
      if (isTaken && !isLocal) return `the id ${record.id} is that of ${owner.image} (${owner.where})`;
      const id = isTaken && !known ? freeId(record.id) : record.id;
      const place = image ?? id;
      owners.set(id, { image: place, where: record.where });
      const sample = record.negativeCaptions ? undefined : byImage.get(place);
      const target = sample ?? { record, id, image: place, captions: [], graphs: [], captionBoxes: [] };
      target.captions.push(...record.captions);
      target.graphs.push(...(record.graphs ?? []));
      target.captionBoxes.push(...(record.captionBoxes ?? []));
      if (sample) return undefined;
      samples.push(target);
      if (!record.negativeCaptions) byImage.set(place, target);
      return undefined;
    },
  };
}

/** Whether a record is of the split that is wanted; notes the split that it names. */
function isOfSplit(found: string | undefined, wanted: string, seen: Set<string>): boolean {
  if (found === undefined) return false;
  seen.add(found);
  return found === wanted || (splitNames[found] ?? found) === (splitNames[wanted] ?? wanted);
}

function finish(open: readonly OpenSample[]): Sample[] {
  const indices = new Map(open.map(({ id }, index) => [id, index]));
  return open.map(({ record, id, image, captions, graphs, captionBoxes }) => {
    const { boxes, imageGraph, split, negativeCaptions, hardNegativeIds } = record;
    return {
      id,
      image,
      captions,
      ...(graphs.length === captions.length ? { graph: graphs[0]!, graphs } : {}),
      ...(imageGraph ? { imageGraph } : {}),
      ...(boxes && boxes.length > 0 ? { boxes } : {}),
      ...(captionBoxes.length === captions.length ? { captionBoxes } : {}),
      ...(split === undefined ? {} : { split }),
      ...(negativeCaptions ? { negativeCaptions } : {}),
      ...(hardNegativeIds
        ? { hardNegativeImages: hardNegativeIds.flatMap((negative) => indices.get(negative) ?? []) }
        : {}),
    };
  });
}
