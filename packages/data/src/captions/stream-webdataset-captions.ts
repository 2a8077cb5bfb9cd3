import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { ReadableStream, ReadableWritablePair } from "node:stream/web";
import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import { DataError } from "../errors.js";
import { parseJson } from "../parsing/fields.js";
import { type CaptionRecord, expectedFields } from "./caption-record.js";
import { requireFile } from "./stream-lines.js";
import { captionsOfJson } from "./stream-text-captions.js";

/** The members of one sample: "000012.jpg", "000012.txt" and "000012.json" share the key "000012". */
interface Sample {
  readonly key: string;
  image?: string;
  txt?: string;
  json?: string;
}

/**
 * A WebDataset shard: a tar file in which the members of a sample follow one another. The caption is the `.txt` member,
 * else the one in the `.json` member; images are named, not read. Throws a DataError when the file is no tar archive.
 */
export async function* streamWebdatasetCaptions(path: string): AsyncGenerator<CaptionRecord> {
  await requireFile(path, "a WebDataset tar file");
  let sample: Sample | undefined;
  const decoder = createTarDecoder({ strict: true }) as unknown as ReadableWritablePair<ParsedTarEntry, Uint8Array>;
  const entries = (Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>).pipeThrough(decoder);
  try {
    for await (const { header, body } of entries) {
      const [, key, extension] = /^(.*?[^/.][^/.]*)\.([^/]+)$/.exec(header.name) ?? [];
      const isMember = header.type === "file" && key !== undefined && extension !== undefined;
      if (isMember && key !== sample?.key) {
        if (sample) yield* captionsOfSample(sample, path);
        sample = { key };
      }
      if (isMember && (extension === "txt" || extension === "json")) {
        sample![extension] = await text(body as ReadableStream);
      } else {
        if (isMember && /^(jpe?g|png|webp)$/i.test(extension)) sample!.image = header.name;
        await body.cancel();
      }
    }
  } catch (cause) {
    throw new DataError("malformed", `${path}: not a whole tar archive (${(cause as Error).message})`, { cause });
  }
  if (sample) yield* captionsOfSample(sample, path);
}

function* captionsOfSample({ key, image, txt, json }: Sample, path: string): Generator<CaptionRecord> {
  const where = `${path}: ${key}`;
  const named = { id: key, ...(image === undefined ? {} : { image }) };
  if (txt !== undefined && txt.trim() !== "") {
    yield { where, ...named, caption: txt.trim() };
    return;
  }
  if (json === undefined) {
    yield { where, problem: `no .txt with a caption and no .json; expected ${expectedFields}` };
    return;
  }
  const parsed = parseJson(json);
  if ("problem" in parsed) yield { where, problem: `its .json is not JSON (${parsed.problem})` };
  else {
    for (const record of captionsOfJson(parsed.value, where, key)) {
      yield "problem" in record ? record : { ...record, ...named };
    }
  }
}
