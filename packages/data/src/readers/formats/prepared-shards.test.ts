import { createHash } from "node:crypto";
import { openDataset } from "@tesserae/data";
import { expect, test } from "vitest";
import { dataError, useTemporaryFolder } from "../../fixtures/temporary-folder.js";

const { write, path } = useTemporaryFolder();

const shard = (caption: string) =>
  `${JSON.stringify({ id: "1", image: "a.jpg", caption, graph: {}, subGraphs: [], negatives: [{ caption: `no ${caption}` }] })}\n`;

async function prepared(name: string, shards: readonly string[], told = shards): Promise<string> {
  const files = told.map((content, index) => ({
    name: `shard-${index}.jsonl`,
    records: 1,
    sha256: createHash("sha256").update(content).digest("hex"),
  }));
  await write(`${name}/manifest.json`, JSON.stringify({ format: "jsonl", files }));
  for (const [index, content] of shards.entries()) await write(`${name}/shard-${index}.jsonl`, content);
  return path(name);
}

test("captions with their negatives, shard by shard", async () => {
  const { name, samples } = await openDataset(await prepared("whole", [shard("a cat"), shard("a dog")]));
  expect(name).toBe("prepared");
  expect(samples).toEqual([
    { id: "1", image: "a.jpg", captions: ["a cat"], negativeCaptions: ["no a cat"] },
    { id: "1", image: "a.jpg", captions: ["a dog"], negativeCaptions: ["no a dog"] },
  ]);
});

test("a shard that was cut, changed, exchanged or deleted is an error that names it", async () => {
  const two = [shard("a cat"), shard("a dog")];
  const cut = await prepared("cut", [two[0]!, two[1]!.slice(0, 20)], two);
  expect(await dataError(openDataset(cut))).toBe(
    `malformed: ${cut}/shard-1.jsonl: its checksum is not the one in manifest.json; prepare the captions again, or restore the file`,
  );
  const foreign = await prepared("foreign", [two[1]!, two[0]!], two);
  expect(await dataError(openDataset(foreign))).toMatch(/^malformed: .*shard-0\.jsonl: its checksum/);
  const deleted = await prepared("deleted", [two[0]!], two);
  expect(await dataError(openDataset(deleted))).toMatch(
    /^not-found: .*shard-1\.jsonl: the manifest names this shard, and it cannot be read/,
  );
});
