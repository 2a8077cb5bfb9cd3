import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

// The main entry in a page: bundled as for a browser, it asks for nothing of Node, and a model made by it works. TensorFlow.js stays
// outside: its own bundle says what it does in Node.

const root = fileURLToPath(new URL("..", import.meta.url));
const page = `
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { createClip, createTokenizer, encodeTexts, loadClip, packTokens } from "../../src/index.ts";

export async function run() {
  const tokenizer = createTokenizer({ corpus: ["a dog"], vocabSize: 514, contextLength: 8 });
  const tower = { width: 8, layers: 1, heads: 2 };
  const clip = createClip(
    { embedDim: 4, vision: { imageSize: 8, patchSize: 4, ...tower }, text: { contextLength: 8, vocabSize: 514, ...tower } },
    { rng: () => 0.5 },
  );
  return encodeTexts(clip, packTokens([tokenizer.encode("a dog")])).shape;
}
export const load = () => loadClip("somewhere");
`;

let folder: string;
let entry: string;
beforeAll(async () => {
  folder = await mkdtemp(join(root, "node_modules", ".browser-"));
  entry = join(folder, "entry.ts");
  await writeFile(entry, page);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a bundle still imports. */
function importsOf(code: string): string[] {
  return Array.from(code.matchAll(/(?:\bfrom|\bimport|\brequire\()\s*"([^"]+)"/g), ([, name]) => name!);
}

async function bundleByEsbuild(): Promise<string> {
  const file = join(folder, "esbuild.js");
  const external = ["@tensorflow/*"];
  await esbuild({ entryPoints: [entry], external, bundle: true, platform: "browser", format: "esm", outfile: file });
  return file;
}

async function bundleByVite(): Promise<string> {
  const { build } = await import("vite");
  await build({
    root,
    configFile: false,
    logLevel: "silent",
    build: {
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rollupOptions: { external: /^@tensorflow\// },
      lib: { entry, formats: ["es"], fileName: () => "vite.js" },
    },
  });
  return join(folder, "vite.js");
}

test.each([
  ["esbuild", bundleByEsbuild],
  ["Vite", bundleByVite],
])("%s bundles the main entry for a browser", async (_, bundle) => {
  const file = await bundle();
  const code = await readFile(file, "utf8");
  expect([...new Set(importsOf(code))].sort()).toEqual(["@tensorflow/tfjs-backend-cpu", "@tensorflow/tfjs-core"]);
  expect(code.includes("__vite-browser-external")).toBe(false); // what Vite puts in the place of Node's modules
  const { load, run } = await import(/* @vite-ignore */ file);
  expect(await run()).toEqual([1, 4]);
  await expect(load()).rejects.toThrow(/^loadClip/); // told in one line, whether or not files can be read
});
