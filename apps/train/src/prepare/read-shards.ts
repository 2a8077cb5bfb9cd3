import type { CaptionRecord } from "@tesserae/data";
import { TrainError } from "../train-error.js";
import type { Counter } from "./counter.js";
import { recordsPerShard, sha256 } from "./shard-files.js";

/** The records of a file in lists of a shard's length; the last one may be shorter. */
export async function* shardsOf(records: AsyncIterable<CaptionRecord>): AsyncGenerator<readonly CaptionRecord[]> {
  let shard: CaptionRecord[] = [];
  for await (const record of records) {
    shard.push(record);
    if (shard.length === recordsPerShard) {
      yield shard;
      shard = [];
    }
  }
  if (shard.length > 0) yield shard;
}

/** What a file of captions holds, shard by shard. */
export interface SourceKeys {
  readonly records: number;
  /** Hash of each shard's records. */
  readonly shards: readonly string[];
}

/**
 * Reads a file once and hashes each shard's records, so that a later run knows what is the same.
 * @throws TrainError at the first record without a caption when `strict`
 */
export async function readKeys(
  records: AsyncIterable<CaptionRecord>,
  counter: Counter,
  strict: boolean,
): Promise<SourceKeys> {
  const shards: string[] = [];
  let count = 0;
  for await (const shard of shardsOf(records)) {
    const bad = shard.find((record) => "problem" in record);
    if (strict && bad && "problem" in bad) {
      throw new TrainError(`${bad.where}: ${bad.problem}; mend it, or leave out --strict to skip and count it`);
    }
    shards.push(sha256(JSON.stringify(shard)));
    count += shard.length;
    counter.add(shard.length);
  }
  return { records: count, shards };
}
