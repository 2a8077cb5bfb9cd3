import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDataset } from "@tesserae/data";
import { isNegative, type Negative } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { createProgress, type PrepareOptions, type Progress, prepare } from "@tesserae/train";
import { worldDataset } from "@tesserae/world";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPrepared } from "./open-prepared.js";
import type { PreparedCaption } from "./prepared.js";
import { openOut, shardFiles } from "./shard-files.js";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const silent: Progress = { ...createProgress("none"), note: () => {} };
const captions = worldDataset({ seed: 3, split: "train", count: 2100 }).samples.map((sample) => sample.captions[0]!);

let folder: string;
let made = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tesserae-prepare-"));
  await writeFile(join(folder, "captions.txt"), captions.map((caption) => `${caption}\n`).join(""));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, content: string) => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};
const defaults = (): PrepareOptions => ({
  captions: join(folder, "captions.txt"),
  out: join(folder, `out-${made++}`),
  miner: "mosaiclip",
  seed: 1,
  workers: 1,
  format: "jsonl",
  timeLimit: 10,
  progress: silent,
});
const run = async (options: Partial<PrepareOptions> = {}) => {
  const all = { ...defaults(), ...options };
  return { ...(await prepare(all)), out: all.out };
};

/** Every file of a folder with its content. */
async function contents(out: string): Promise<Record<string, string>> {
  const names = (await readdir(out, { recursive: true })).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(out, name), "latin1")] as const)),
  );
}
const rows = async (out: string) =>
  (await readFile(join(out, "shard-00000.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as PreparedCaption);
const problems = (out: string) => readFile(join(out, "problems.txt"), "utf8");

/** Starts the command and kills it as soon as it prints a line that begins so. */
async function killedAt(out: string, begin: string): Promise<void> {
  const args = [cli, "prepare", join(folder, "captions.txt"), "--out", out, "--miner", "mosaiclip", "--seed", "1"];
  const child = spawn(process.execPath, [...args, "--workers", "2", "--progress", "lines"]);
  let printed = "";
  child.stdout.on("data", (data: Buffer) => {
    printed += data.toString();
    if (printed.split("\n").some((line) => line.startsWith(begin))) child.kill("SIGKILL");
  });
  const signal = await new Promise((resolve) => child.on("exit", (_, name) => resolve(name)));
  expect(signal, printed).toBe("SIGKILL");
}

/** A miner's file: `body` sees the graph, and `swap` makes a real negative of it. */
const minerFile = (name: string, body: string) =>
  file(
    `${name}.mjs`,
    `const swap = (graph) => {
       const objects = graph.objects.map((object) => (object.name === "dog" ? { ...object, name: "cat" } : object));
       const at = graph.caption.indexOf("dog");
       const caption = graph.caption.replace("dog", "cat");
       return { caption, kind: "swap", edits: [{ span: { start: at, end: at + 3 }, text: "cat" }], graph: { ...graph, caption, objects } };
     };
     export default { name: "${name}", version: "1", mine: ([graph]) => { ${body} } };`,
  );

// The threads run a built file; a test run from fresh sources has none.
describe.skipIf(!existsSync(cli))("prepare", { timeout: 300_000 }, () => {
  it("writes the same bytes with one worker and with two, and after kills at any stage", async () => {
    const whole = await run({ workers: 1 });
    const expected = await contents(whole.out);
    expect(Object.keys(expected)).toEqual([
      "manifest.json",
      "problems.txt",
      "shard-00000.jsonl",
      "shard-00001.jsonl",
      "shard-00002.jsonl",
    ]);
    expect(whole.counts).toMatchObject({ records: 2100, captions: 2100, skipped: 0 });
    expect(await contents((await run({ workers: 2 })).out)).toEqual(expected);

    const broken = join(folder, "broken");
    await killedAt(broken, "parse: ");
    await killedAt(broken, "mine: ");
    expect(existsSync(join(broken, "manifest.json"))).toBe(false);
    await writeFile(join(broken, "shard-00000.jsonl.611088184"), "an atomic write that was cut off");
    expect(await contents((await run({ out: broken, workers: 2 })).out)).toEqual(expected);
    expect(await run({ out: broken, workers: 2 })).toMatchObject({ sha256: whole.sha256 });
  });

  it("makes again what was cut, deleted or put there by something else, in a finished preparation and in one broken off", async () => {
    const source = await file("two-shards.txt", captions.slice(0, 1010).join("\n"));
    const { out } = await run({ captions: source });
    const expected = await contents(out);
    const [first, second] = ["shard-00000.jsonl", "shard-00001.jsonl"] as const;
    const damages: readonly (readonly [string, () => Promise<void>])[] = [
      [first, () => truncate(join(out, first), expected[first]!.indexOf("\n") + 1)],
      [second, () => rm(join(out, second))],
      [first, () => writeFile(join(out, first), expected[second]!, "latin1")],
    ];
    for (const [name, damage] of damages) {
      await damage();
      await expect(openPrepared(out, folder)).rejects.toThrow(`${name}: is missing or not as manifest.json has it`);
      const notes: string[] = [];
      await run({ captions: source, out, progress: { ...silent, note: (text) => notes.push(text) } });
      expect(notes.join()).toContain(`${name} missing or not as written; prepared again`);
      expect(await contents(out)).toEqual(expected);
    }
  });

  it("does a stage of a shard again whose file is not the one that its report tells of", async () => {
    const out = join(folder, "stages");
    await openOut(out);
    const files = shardFiles(out, true);
    await files.write("shard", 0, "a\nb\n", { key: "k" });
    expect(await files.report("shard", 0, "k")).toMatchObject({ key: "k" });
    expect(await files.report("shard", 0, "another key")).toBeUndefined();
    for (const damage of [() => truncate(files.path("shard", 0), 2), () => rm(files.path("shard", 0))]) {
      await damage();
      expect(await files.report("shard", 0, "k")).toBeUndefined();
    }
    await writeFile(files.path("shard", 0), "b\na\n");
    expect(await files.report("shard", 0, "k")).toBeUndefined();
  });

  it("writes graphs, sub-graphs and negatives with where they came from", async () => {
    const source = await file("two.jsonl", '{"id": 5, "image": "5.jpg", "captions": ["a red dog on a box"]}\n');
    const [row] = await rows((await run({ captions: source, miner: "structure-clip" })).out);
    expect(row).toEqual({
      id: "5",
      image: "5.jpg",
      caption: "a red dog on a box",
      graph: parse("a red dog on a box"),
      subGraphs: [
        { caption: "red dog", objects: ["o1"] },
        { caption: "box", objects: ["o2"] },
        { caption: "red dog on box", objects: ["o1", "o2"] },
      ],
      negatives: [
        {
          caption: "a box on a red dog",
          miner: "structure-clip",
          version: expect.any(String),
          kind: "swap-relation-ends",
          edits: [
            { span: { start: 0, end: 9 }, text: "a box" },
            { span: { start: 13, end: 18 }, text: "a red dog" },
          ],
          graph: expect.anything(),
        },
      ],
    });
  });

  it("depends on the seed, and does not overwrite what another seed gave", async () => {
    const source = await file("seeds.txt", captions.slice(0, 50).join("\n"));
    const one = await run({ captions: source });
    const other = await run({ captions: source, seed: 2 });
    expect(other.sha256).not.toBe(one.sha256);
    await expect(run({ captions: source, seed: 2, out: one.out })).rejects.toThrow(
      /holds a finished preparation of something else \(seed 1, not 2\); give another --out/,
    );
  });

  it("writes the table of NegCLIP, which its reader takes back", async () => {
    const lines = captions
      .slice(0, 40)
      .map((caption, index) => JSON.stringify({ image: `${index >> 1}.jpg`, caption }));
    const source = await file("images.jsonl", lines.join("\n"));
    const { out, counts, files } = await run({ captions: source, miner: "negclip", format: "negclip-tsv" });
    expect(files).toMatchObject([{ name: "negclip.tsv", records: counts.covered }]);
    const { samples, problems: lost } = await openDataset(join(out, "negclip.tsv"));
    expect(lost).toEqual([]);
    expect(samples).toHaveLength(counts.covered);
    for (const { captions: own, image, negativeCaptions, hardNegativeImages } of samples) {
      expect(negativeCaptions!.length).toBeGreaterThan(0);
      expect(negativeCaptions).not.toContain(own[0]);
      expect(hardNegativeImages!.length).toBeGreaterThan(0);
      for (const index of hardNegativeImages!) expect(samples[index]!.image).not.toBe(image);
    }
  });

  it("counts what it leaves out or changes, and names each with file and line", async () => {
    const lines = [
      '"a dog on a box"',
      "{oops",
      `"${"dog ".repeat(25_000)}"`,
      '"a\\u0007cat\\nbehind a tree"',
      '"\\u0000"',
      "",
    ];
    const source = await file("bad.jsonl", `${lines.join("\n")}\n`);
    const { counts, out } = await run({ captions: source, miner: "negclip" });
    expect(counts).toMatchObject({ records: 6, captions: 2, skipped: 4, repaired: 1 });
    expect((await rows(out)).map(({ caption }) => caption)).toEqual(["a dog on a box", "a cat behind a tree"]);
    const told = (await problems(out)).trim().split("\n");
    expect(told[0]).toMatch(`${source}:2: not JSON (`);
    expect(told.slice(1)).toEqual([
      `${source}:3: a caption of 99999 characters; at most 10000 are parsed; skipped`,
      `${source}:5: nothing but control characters; skipped`,
      `${source}:6: empty line; expected JSON; skipped`,
      `${source}:4: control characters replaced by spaces`,
    ]);
    await expect(run({ captions: source, strict: true })).rejects.toThrow(`${source}:2: not JSON (`);
    const changed = await file("changed.txt", "a dog\na\u0007cat\n");
    await expect(run({ captions: changed, strict: true })).rejects.toThrow(`${changed}:2: control characters`);
    const useless = await file("useless.txt", "\n\n");
    await expect(run({ captions: useless })).rejects.toThrow(/no caption that can be used \(2 skipped\)/);
  });

  it("goes on where a miner throws, returns the positive, gives nonsense, ends its thread or never returns", async () => {
    const source = await file(
      "miner.txt",
      ["a dog", "throw a dog", "same dog", "odd dog", "exit dog", "hang dog"].join("\n"),
    );
    const miner = await minerFile(
      "moody",
      `if (graph.caption.includes("throw")) throw new Error("no luck\\nat all");
       if (graph.caption.includes("same")) return [[{ ...swap(graph), caption: graph.caption, graph }, swap(graph)]];
       if (graph.caption.includes("odd")) return "nothing";
       if (graph.caption.includes("exit")) process.exit(3);
       while (graph.caption.includes("hang"));
       return [[swap(graph)]];`,
    );
    const { counts, out } = await run({ captions: source, miner, timeLimit: 2 });
    expect(counts).toMatchObject({ captions: 6, covered: 2, negatives: 2 });
    expect(counts.failures).toEqual({
      "did not return within 2 s": 1,
      "ended its thread": 1,
      "gave no list of negatives": 1,
      "gave what is no negative": 1,
      "threw an error": 1,
    });
    expect((await problems(out)).trim().split("\n")).toEqual([
      `${source}:2: miner moody threw an error: no luck`,
      `${source}:3: miner moody gave what is no negative: "same dog"`,
      `${source}:4: miner moody gave no list of negatives: expected one list for each graph, of { caption, kind, edits, graph }`,
      `${source}:5: miner moody ended its thread`,
      `${source}:6: miner moody did not return within 2 s`,
    ]);
    await expect(run({ captions: source, miner, strict: true })).rejects.toThrow(
      `${source}:2: miner moody threw an error`,
    );
  });

  it("gives up where the miner can do nothing", async () => {
    const source = await file("dogs.txt", Array.from({ length: 20 }, (_, index) => `dog ${index}`).join("\n"));
    const thrower = await minerFile("thrower", 'throw new Error("no key");');
    await expect(run({ captions: source, miner: thrower })).rejects.toThrow(
      `the miner failed at all of the first 20 captions; ${source}:1: miner thrower threw an error: no key`,
    );
    const echo = await minerFile("echo", 'return [[{ caption: graph.caption, kind: "same", edits: [], graph }]];');
    await expect(run({ captions: source, miner: echo })).rejects.toThrow(
      `the miner failed at all of the first 20 captions; ${source}:1: miner echo gave what is no negative: "dog 0"`,
    );
    const hanging = await minerFile("hanging", "for (;;);");
    await expect(run({ captions: source, miner: hanging, timeLimit: 2 })).rejects.toThrow(
      /the miner did not return within 2 s \(4 times by now\); mend it or raise --time-limit/,
    );
    await expect(run({ miner: "neglcip" })).rejects.toThrow('unknown miner; did you mean "negclip"?');
  });

  it("gives only negatives", async () => {
    const source = await file("some.txt", captions.slice(0, 200).join("\n"));
    for (const row of await rows((await run({ captions: source })).out)) {
      expect(row.negatives.filter((one) => !isNegative(one as Negative, row.graph))).toEqual([]);
    }
  });
});
