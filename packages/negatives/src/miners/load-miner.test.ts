import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildVocabulary, builtInMiners } from "@tesserae/negatives";
import { LoadMinerError, loadMiner } from "@tesserae/negatives/load";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const graph = parse("a red dog on a blue box");
const vocabulary = buildVocabulary([graph]);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tesserae-load-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

async function failure(reference: string): Promise<string> {
  const error = await loadMiner(reference, { vocabulary }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LoadMinerError)) throw new Error(`expected a LoadMinerError, got ${String(error)}`);
  expect(error.message).not.toContain("\n");
  return `${error.code}: ${error.message.replace(`${folder}/`, "")}`;
}

describe("loadMiner", () => {
  it("makes every built-in miner", async () => {
    for (const name of Object.keys(builtInMiners)) {
      expect((await loadMiner(name, { vocabulary })).name).toMatch(new RegExp(`^${name}`));
    }
  });

  it("loads TypeScript that imports this package and provided modules, from a folder that has neither", async () => {
    const source = `
      import { createMiner, createNegative } from "@tesserae/negatives";
      import { colour } from "provided";
      const kind: string = "blue";
      export default async () => createMiner({
        name: "blue", version: "1",
        mineOne: (graph, context) => graph.objects.slice(0, 1).map(({ attributes: [first] }) =>
          createNegative(graph, kind, [{ span: first!.span, text: colour }], context)),
      });`;
    const providedModules = { provided: async () => ({ colour: "green" }) };
    const miner = await loadMiner(await file("blue.ts", source), { vocabulary, providedModules });
    const [negatives] = await miner.mine([graph], { rng: seededRng(1) });
    expect(negatives!.map(({ caption }) => caption)).toEqual(["a green dog on a blue box"]);
  });

  it("says why there is no miner", async () => {
    const names = Object.keys(builtInMiners).join(", ");
    expect(await failure("neglcip")).toBe(`unknown-name: neglcip: unknown miner; there are: ${names}`);
    expect(await failure("toString")).toBe(`unknown-name: toString: unknown miner; there are: ${names}`);
    expect(await failure("./nowhere.ts")).toMatch(/^no-such-file: \.\/nowhere\.ts: no such file; give a built-in name/);
    expect(await failure(await file("half.ts", "export default {"))).toMatch(
      /^does-not-load: half\.ts: does not load: /,
    );
    expect(
      await failure(await file("throws.mjs", 'export default () => { throw new Error("no key\\nstack"); };')),
    ).toBe("does-not-load: throws.mjs: does not load: no key");
    expect(await failure(await file("three.mjs", "export default 3;"))).toMatch(
      /^not-a-miner: three\.mjs: its default export must be a NegativeMiner/,
    );
    expect(await failure("@tesserae/scene-graph")).toMatch(/^not-a-miner: @tesserae\/scene-graph: its default export/);
  });
});
