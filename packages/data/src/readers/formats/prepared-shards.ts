import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../../errors.js";
import { asRecord, shown } from "../../parsing/fields.js";
import { parseJson } from "../../parsing/parse-json.js";
import { streamLines } from "../../parsing/stream-lines.js";
import { boundTo, type DataProblem, type DataRecord, type Reader } from "../reader.js";

const manifestName = "manifest.json";

/**
 * A folder that `train prepare` wrote: `manifest.json` and shards of JSON lines. One record a caption, with its image
 * and the captions of the negatives that were mined for it. A shard whose checksum is not the manifest's was cut or
 * changed: an error.
 */
export function preparedShards(path?: string): Reader {
  return {
    name: "prepared",
    version: "2",
    ...boundTo(path),
    detect: async ({ path, entries }) =>
      (entries?.includes(manifestName) ?? false) && (await shardsOf(path)) !== undefined,
    async *read({ path }) {
      const shards = (await shardsOf(path)) ?? [];
      for (const { name, sha256 } of shards) {
        const shard = join(path, name);
        if ((await checksum(shard)) !== sha256) {
          const cure = "prepare the captions again, or restore the file";
          throw new DataError("malformed", `${shard}: its checksum is not the one in ${manifestName}; ${cure}`);
        }
        for await (const { number, text } of streamLines(shard, "a shard that prepare wrote")) {
          yield readLine(text, `${shard}:${number}`);
        }
      }
    },
  };
}

interface Shard {
  readonly name: string;
  readonly sha256: string;
}

/** The shards that a manifest lists; undefined when it is not one of JSON lines that `prepare` wrote. */
async function shardsOf(folder: string): Promise<readonly Shard[] | undefined> {
  const parsed = parseJson(await readFile(join(folder, manifestName), "utf8").catch(() => ""));
  const manifest = "value" in parsed ? asRecord(parsed.value) : undefined;
  if (manifest?.format !== "jsonl" || !Array.isArray(manifest.files)) return undefined;
  return manifest.files.flatMap((file: unknown): Shard[] => {
    const { name, sha256 } = asRecord(file) ?? {};
    return typeof name === "string" && typeof sha256 === "string" ? [{ name, sha256 }] : [];
  });
}

async function checksum(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (cause) {
    throw new DataError("not-found", `${path}: the manifest names this shard, and it cannot be read`, { cause });
  }
  return hash.digest("hex");
}

function readLine(text: string, where: string): DataRecord | DataProblem {
  const parsed = parseJson(text);
  const line = "value" in parsed ? asRecord(parsed.value) : undefined;
  if (typeof line?.id !== "string" || typeof line.caption !== "string" || !Array.isArray(line.negatives)) {
    return { where, problem: `expected a prepared caption, found ${shown(text)}` };
  }
  const negatives = line.negatives.map((negative: unknown) => asRecord(negative)?.caption);
  return {
    where,
    id: line.id,
    ...(typeof line.image === "string" ? { image: line.image } : {}),
    captions: [line.caption],
    negativeCaptions: negatives.filter((caption): caption is string => typeof caption === "string"),
  };
}
