import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildVocabulary } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { loadMiner } from "@tesserae/train";
import { describe, expect, it } from "vitest";

const graph = parse("a red dog is to the left of a blue cat.");
const vocabulary = buildVocabulary([graph]);

async function minerFile(content: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "tesserae-miner-")), "my-miner.ts");
  await writeFile(file, content);
  return file;
}

const shouting = `
  import type { NegativeMiner } from "@tesserae/negatives";
  export default {
    name: "shouting", version: "1",
    mine: (batch) => batch.map((graph) => [{ caption: graph.caption.toUpperCase(), kind: "shout", edits: [], graph }]),
  } satisfies NegativeMiner;`;

describe("loadMiner", () => {
  it("loads a file outside the project", async () => {
    const miner = await loadMiner(await minerFile(shouting), vocabulary);
    const [negatives] = await miner.mine([graph], { rng: () => 0 });
    expect(miner.name).toBe("shouting");
    expect(negatives![0]!.caption).toBe("A RED DOG IS TO THE LEFT OF A BLUE CAT.");
  });

  it("lends its own packages to a file whose folder has none: the example of the guide", async () => {
    const example = new URL("../../../../docs/examples/my-miner.ts", import.meta.url);
    const miner = await loadMiner(await minerFile(await readFile(example, "utf8")), vocabulary);
    const [negatives] = await miner.mine([graph], { rng: () => 0 });
    expect(miner.name).toBe("opposites");
    expect(negatives!.map(({ caption }) => caption)).toEqual(["a red dog is to the right of a blue cat."]);
  });

  it("prefers what is installed beside the file", async () => {
    const file = await minerFile('import { createMiner } from "@tesserae/negatives";\nexport default createMiner();');
    const installed = join(dirname(file), "node_modules/@tesserae/negatives");
    await mkdir(installed, { recursive: true });
    await writeFile(join(installed, "package.json"), '{ "type": "module", "exports": "./index.js" }');
    const source = 'export const createMiner = () => ({ name: "theirs", version: "9", mine: () => [] });';
    await writeFile(join(installed, "index.js"), source);
    expect((await loadMiner(file, vocabulary)).name).toBe("theirs");
  });

  it("calls a default export that is a function", async () => {
    const file = await minerFile(
      `export default () => ({ name: "none", version: "2", mine: (batch) => batch.map(() => []) });`,
    );
    expect((await loadMiner(file, vocabulary)).version).toBe("2");
  });

  it("answers an unknown name with the nearest", async () => {
    await expect(loadMiner("neglcip", vocabulary)).rejects.toThrow('unknown miner; did you mean "negclip"?');
  });

  it("tells the file that is not there, the one that does not load, and the one that holds no miner", async () => {
    await expect(loadMiner("./nowhere.ts", vocabulary)).rejects.toThrow("--miner ./nowhere.ts: no such file");
    await expect(loadMiner(await minerFile("export default {"), vocabulary)).rejects.toThrow("does not load");
    await expect(loadMiner(await minerFile("export default 3"), vocabulary)).rejects.toThrow("must be a NegativeMiner");
  });
});
