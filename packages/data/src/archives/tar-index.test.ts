import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { useTemporaryFolder } from "../fixtures/temporary-folder.js";
import { readTarIndex, readTarMember } from "./tar-index.js";

const { write } = useTemporaryFolder();
const fixture = new URL("./fixtures/tar-formats.json", import.meta.url);
/** Archives of tools/oracles/tar_formats.py, packed by gzip, in base64. */
const { folder, archives } = JSON.parse(readFileSync(fixture, "utf8")) as {
  readonly folder: string;
  readonly archives: Readonly<Record<string, string>>;
};

test.each(Object.keys(archives))("names too long for a header, as Python writes them (%s)", async (format) => {
  const path = await write("long.tar", gunzipSync(Buffer.from(archives[format]!, "base64")));
  const { members, problem } = await readTarIndex(path);
  expect(folder.length).toBe(272);
  expect(members.map(({ name, size }) => [name, size])).toEqual([
    [`${folder}0001.txt`, 7],
    [`${folder}0001.jpg`, 700],
    ["short.txt", 5],
    ["short.jpg", 1],
  ]);
  expect(problem).toBeUndefined();
  expect((await readTarMember(path, members[0]!)).toString()).toBe("a café");
  expect((await readTarMember(path, members[3]!)).toString()).toBe("y");
});
