import type { BenchmarkResult } from "@tesserae/benchmarks";

/** An item of two pictures and two captions (Winoground's family), caption 0 of picture 0, as results store it. */
export interface PairRecord {
  readonly images: readonly string[];
  readonly captions: readonly string[];
  /** Its kind, such as "relation". */
  readonly group?: string;
  /** By picture and caption. */
  readonly scores: readonly (readonly number[])[];
}

const isTwoByTwo = ({ images, captions, scores }: Partial<PairRecord>) =>
  images?.length === 2 && captions?.length === 2 && scores?.length === 2 && scores.every((row) => row.length === 2);

/** The items of a result, where they are pairs of pictures and captions. */
export function pairRecords({ predictions, values }: BenchmarkResult): readonly PairRecord[] | undefined {
  if (!Array.isArray(predictions) || !values.text || !values.image || !values.group) return undefined;
  const records = predictions as readonly Partial<PairRecord>[];
  return records.every(isTwoByTwo) ? (records as readonly PairRecord[]) : undefined;
}
