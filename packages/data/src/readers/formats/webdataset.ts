import { join } from "node:path";
import { isTar, readTarIndex, readTarMember, type TarMember } from "../../archives/tar-index.js";
import { ImageError } from "../../errors.js";
import { parseJson } from "../../parsing/parse-json.js";
import { encodingOf } from "../../parsing/text-bytes.js";
import { boundTo, type DataProblem, type DataRecord, type Reader, type ReadOptions } from "../reader.js";
import { expectedFields } from "../record-fields.js";
import type { Source } from "../source.js";
import { groupMembers, type MemberGroup } from "./group-members.js";
import { recordOfJson } from "./json-lines.js";

/**
 * WebDataset: a tar file, or a folder of them, in which the members of a sample share their name up to the extension.
 * The caption is the `.txt` member, else in the `.json` member. An image is named `shard.tar#member`, and read by its
 * place when it is asked for.
 */
export function webdataset(path?: string): Reader {
  /** The images of each archive by their names. */
  const images = new Map<string, Map<string, TarMember>>();
  const index = async (tar: string) => {
    const { members, problem } = await readTarIndex(tar);
    const groups = groupMembers(members);
    images.set(tar, new Map(groups.flatMap(({ image }) => (image ? [[image.name, image] as const] : []))));
    return { groups, problem };
  };
  return {
    name: "webdataset",
    version: "2",
    ...boundTo(path),
    detect: ({ head, entries }) => isTar(head) || (entries ?? []).some((name) => /\.tar$/i.test(name)),
    async *read(source, options) {
      for (const tar of tarsOf(source)) {
        const { groups, problem } = await index(tar);
        for (const group of groups) yield* readGroup(group, tar, options);
        if (problem !== undefined) yield { where: tar, problem };
      }
    },
    async readImage(address) {
      for (let at = address.indexOf("#"); at !== -1; at = address.indexOf("#", at + 1)) {
        const tar = address.slice(0, at);
        if (!images.has(tar)) await index(tar).catch(() => undefined);
        const member = images.get(tar)?.get(address.slice(at + 1));
        if (member) return readTarMember(tar, member);
      }
      throw new ImageError("not-found", address, `${address}: no such image in an archive; expected shard.tar#member`);
    },
  };
}

function tarsOf({ path, entries }: Source): readonly string[] {
  return entries ? entries.filter((name) => /\.tar$/i.test(name)).map((name) => join(path, name)) : [path];
}

async function* readGroup(
  { key, image, text, json, problems }: MemberGroup,
  tar: string,
  options: ReadOptions,
): AsyncGenerator<DataRecord | DataProblem> {
  const where = `${tar}: ${key}`;
  for (const problem of problems) yield { where, problem };
  const named = {
    id: key,
    isLocalId: true,
    ...(image === undefined ? {} : { image: image.name, address: `${tar}#${image.name}` }),
  };
  const caption = text && decode(await readTarMember(tar, text));
  if (text && caption === undefined) yield { where, problem: `${text.name} is not UTF-8` };
  else if (caption !== undefined && caption.trim() !== "") yield { where, ...named, captions: [caption.trim()] };
  else if (json === undefined) {
    const found = text ? "an empty .txt and no .json" : "no .txt with a caption and no .json";
    yield { where, problem: `${found}; expected ${expectedFields}` };
  } else {
    const content = decode(await readTarMember(tar, json));
    const parsed = parseJson(content ?? "");
    if (content === undefined) yield { where, problem: `${json.name} is not UTF-8` };
    else if ("problem" in parsed) yield { where, problem: `its .json is not JSON (${parsed.problem})` };
    else {
      for (const record of recordOfJson(parsed.value, { where, number: key }, options)) {
        if ("problem" in record) yield record;
        else {
          const { image: _, ...own } = record;
          yield { ...own, ...named };
        }
      }
    }
  }
}

/** A text in UTF-8 or UTF-16; undefined when it is neither. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
