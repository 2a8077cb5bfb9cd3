import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { publicPaths } from "./public-paths.mjs";

// Each entry that is said to run in a browser, bundled from its sources as a page would have it: nothing of Node may be left in it.
// TensorFlow.js stays outside; tfjs-backend-ort's own test bundles it too.

const root = fileURLToPath(new URL("..", import.meta.url));
const entries = {
  augment: ["index"],
  benchmarks: ["index"],
  losses: ["index"],
  models: ["index"],
  negatives: ["index"],
  optim: ["index"],
  "region-mapper": ["index"],
  "scene-graph": ["index", "lexicon", "random"],
  "tfjs-backend-ort": ["index", "gradients"],
  world: ["index"],
};
const cases = Object.entries(entries).flatMap(([name, files]) => files.map((file) => [`${name}/${file}`, name, file]));
const folder = mkdtempSync(join(root, "node_modules", ".browser-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const exact = Object.entries(publicPaths).map(([name, replacement]) => ({
  find: new RegExp(`^${name.replaceAll("/", "\\/")}$`),
  replacement,
}));
const fromModels = createRequire(join(root, "packages", "models", "package.json"));

function page(name, file) {
  const path = join(folder, `${name}-${file}.mjs`);
  const source = publicPaths[`@tesserae/${name}${file === "index" ? "" : `/${file}`}`];
  writeFileSync(path, `import * as all from ${JSON.stringify(source)};\nglobalThis.names = Object.entries(all);\n`);
  return path;
}

const outside = (path) => !path.startsWith("@tensorflow/");

test.each(cases)(
  "%s by esbuild",
  async (_, name, file) => {
    const { build } = fromModels("esbuild");
    const { metafile } = await build({
      entryPoints: [page(name, file)],
      alias: publicPaths,
      external: ["@tensorflow/*"],
      bundle: true,
      platform: "browser",
      format: "esm",
      write: false,
      metafile: true,
      outdir: folder,
      logLevel: "silent",
    });
    const left = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
    expect(left.map(({ path }) => path).filter(outside)).toEqual([]);
  },
  60_000,
);

test.each(cases)(
  "%s by Vite",
  async (_, name, file) => {
    const { build } = await import(fromModels.resolve("vite"));
    const built = await build({
      root: folder,
      configFile: false,
      logLevel: "silent",
      resolve: { alias: exact },
      build: {
        write: false,
        minify: false,
        lib: { entry: page(name, file), formats: ["es"] },
        rollupOptions: { external: /^@tensorflow\// },
      },
    });
    const chunks = built[0].output.filter(({ type }) => type === "chunk");
    const own = new Set(chunks.map(({ fileName }) => fileName));
    expect(chunks.flatMap(({ imports }) => imports).filter((path) => outside(path) && !own.has(path))).toEqual([]);
    const replaced = chunks.flatMap(({ code }) => code.match(/__vite-browser-external:[\w/:-]+/g) ?? []);
    expect(replaced).toEqual([]);
  },
  60_000,
);
