import { createHash, type Hash } from "node:crypto";
import type * as tf from "@tensorflow/tfjs-core";
import { littleEndian } from "../formats/number-types.js";

/** Bytes that are hashed at once: one call takes less than 2 GiB. */
const sliceBytes = 2 ** 26;

/**
 * Says which weights a model has: the beginning of a SHA-256 over each variable's name, shape and float32 numbers, in the order of
 * the names. Format, shards and number type of the files that they came from do not matter; a single changed number does. Results
 * carry it as the model's revision.
 *
 * @returns such as "sha256:0123456789abcdef".
 */
export async function weightsRevision({
  variables,
}: {
  readonly variables: ReadonlyMap<string, tf.Variable>;
}): Promise<string> {
  const hash = createHash("sha256");
  for (const name of [...variables.keys()].sort()) {
    const variable = variables.get(name)!;
    hash.update(`${name} ${JSON.stringify(variable.shape)}\n`);
    updateBySlices(hash, littleEndian(await variable.data<"float32">()));
  }
  return `sha256:${hash.digest("hex").slice(0, 16)}`;
}

function updateBySlices(hash: Hash, bytes: Uint8Array): void {
  for (let start = 0; start < bytes.length; start += sliceBytes) hash.update(bytes.subarray(start, start + sliceBytes));
}
