import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

// Both entries in a page: bundled as for a browser with all that they import, TensorFlow.js too, they leave nothing to be found and ask for nothing of
// Node. That such a bundle trains in Chromium is tested in backend/browser.test.ts.

const root = fileURLToPath(new URL("..", import.meta.url));
const page = `
export * from "../../src/index.ts";
export { registerGradients } from "../../src/gradients.ts";
`;

let folder: string;
let entry: string;
beforeAll(async () => {
  folder = await mkdtemp(join(root, "node_modules", ".browser-"));
  entry = join(folder, "entry.ts");
  await writeFile(entry, page);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function bundleByEsbuild(): Promise<string> {
  const file = join(folder, "esbuild.js");
  await esbuild({ entryPoints: [entry], bundle: true, platform: "browser", format: "esm", outfile: file });
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
      lib: { entry, formats: ["es"], fileName: () => "vite.js" },
      rollupOptions: { output: { codeSplitting: false } },
    },
  });
  return join(folder, "vite.js");
}

test.each([
  ["esbuild", bundleByEsbuild],
  ["Vite", bundleByVite],
])(
  "%s bundles both entries and all they import for a browser",
  async (_, bundle) => {
    const file = await bundle();
    const code = await readFile(file, "utf8");
    const imported = Array.from(
      code.matchAll(/^(?:import|export)\b[^;]*?\bfrom\s*["']([^"']+)["']/gm),
      ([, name]) => name,
    );
    expect(imported).toEqual([]);
    // What Vite puts in the place of Node's modules: TensorFlow.js asks for these two, in Node only.
    const replaced = new Set(Array.from(code.matchAll(/__vite-browser-external:([\w/:-]+)/g), ([, name]) => name));
    expect([...replaced].filter((name) => name !== "util" && name !== "crypto")).toEqual([]);
  },
  120_000,
);
