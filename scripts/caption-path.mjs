#!/usr/bin/env node
/**
 * Follows a caption from `parse` to a batch, in a real run: which of our files it passes through, and whether it comes back to one.
 *
 *     node scripts/caption-path.mjs [recipe …]        default: all that train on captions
 *
 * Our sources are bundled with every function wrapped, and a recipe makes the batch of its first step. A file is on the path if one of its
 * functions is given the caption in one of its forms (see `forms` below) and gives back one of them. What only looks at it and answers
 * with something else (a construction of the grammar, a word list, a check) stands behind one of those files. A file is entered again when
 * it is called after it was left: that is a way back.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { publicPaths } from "./public-paths.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const train = join(root, "apps", "train");
const { build } = createRequire(join(root, "packages", "models", "package.json"))("esbuild");

/** Recipes that train on captions of images. */
export const tracedRecipes = ["clip", "negclip", "structure-clip", "mosaiclip", "semantic-guidance"];

/** Ours come from their sources, never from a build that may be old. */
const sources = { ...publicPaths, "@tesserae/shared": join(root, "apps", "shared", "src", "index.ts") };

/** Where functions are wrapped: all that may see a caption. */
const wrapped = /\/(?:packages\/(?:scene-graph|negatives|augment|models|losses|data)|apps\/train)\/src\/.*\.ts$/;

/** A recipe's first batch, with the caption of its first image followed. Runs in the bundle, whose functions are wrapped. */
const run = `
import "@tensorflow/tfjs-backend-cpu";
import { buildVocabulary } from "@tesserae/negatives";
import { createImageStore } from ${JSON.stringify(join(train, "src/data/image-store.ts"))};
import { captionGraphs } from ${JSON.stringify(join(train, "src/data/caption-graphs.ts"))};
import { createBatchSource } from ${JSON.stringify(join(train, "src/loop/batch-source.ts"))};
import { startModel } from ${JSON.stringify(join(train, "src/loop/start-model.ts"))};
import { loadRecipe } from ${JSON.stringify(join(train, "src/recipe/load-recipe.ts"))};

const captions = [
  "A small red dog sits on an old box. A white bird stands near the box.",
  "A black cat sleeps under a wooden table. A blue cup is on the table.",
  "A tall man holds a green umbrella. A young woman walks behind the man.",
  "A brown horse stands beside a white fence. A small red dog sits on an old box.",
];
const dataset = {
  name: "four",
  revision: "1",
  problems: [],
  samples: captions.map((caption, index) => ({ id: String(index), image: index + ".png", captions: [caption] })),
  loadImage: async () => ({ width: 32, height: 32, data: new Uint8Array(32 * 32 * 3) }),
};

export async function batch(recipe, follow) {
  const { steps, flags } = await loadRecipe({ recipe, scale: "smoke", settings: ["batchSize=4"] });
  const { objective, options } = steps.find((step) => "objective" in step);
  const { clip, tokenizer } = await startModel(flags, { captions, ...(options.knowledge ? { knowledge: options.knowledge } : {}) });
  const ids = Array.from(tokenizer.encode(captions[0]));
  const graphOf = captionGraphs({ kind: "parsed" });
  const vocabulary = buildVocabulary(await Promise.all(dataset.samples.map((sample) => captionGraphs({ kind: "parsed" })(sample, 0))));
  const source = createBatchSource({
    dataset, images: createImageStore(dataset, clip.config.vision.imageSize), graphOf, objective,
    batchSize: flags.batchSize, seed: flags.seed, context: { tokenizer, vocabulary },
  });
  return follow(captions[0], ids, () => source.batch(0));
}
`;

/**
 * The forms that a caption has on its way, by name, each told by its content: `{ caption, ids }` are the text and its tokens. Read in the
 * trace; a value is of a form by itself, not by what it holds somewhere inside.
 */
const tracer = `
import { AsyncLocalStorage } from "node:async_hooks";
const calls = new AsyncLocalStorage();
let followed;

const isRecord = (value) => typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
const equal = (a, b) => a.length === b.length && b.every((id, at) => id === a[at]);
const within = (array, ids) => array.length >= ids.length && Array.from(array).some((_, at) => ids.every((id, k) => array[at + k] === id));
const isWord = (word, { caption }) => isRecord(word) && "lower" in word && caption.slice(word.start, word.end) === word.text;
const one = {
  caption: (value, { caption }) => value === caption,
  graph: (value, { caption }) => isRecord(value) && value.caption === caption && Array.isArray(value.objects) && Array.isArray(value.relations),
  sample: (value, { caption }) => isRecord(value) && (value.captions?.includes?.(caption) || one.graph(value.caption, { caption })),
  cleaned: (value, { caption }) => isRecord(value) && Object.keys(value)[0] === "caption" && value.caption === caption && !("objects" in value),
  "image's texts": (value, f) => isRecord(value) && Array.isArray(value.positives) && Array.isArray(value.negatives) && value.positives.some((graph) => one.graph(graph, f)),
  tokens: (value, { ids }) => (Array.isArray(value) || ArrayBuffer.isView(value)) && equal(Array.from(value), ids),
};
const forms = {
  ...one,
  words: (value, f) => Array.isArray(value) && value.length > 2 && value.every((word) => isWord(word, f) && !("tag" in word)),
  "tagged words": (value, f) => Array.isArray(value) && value.length > 2 && value.every((word) => isWord(word, f) && "tag" in word),
  ...Object.fromEntries(Object.entries(one).map(([name, is]) => ["list of " + name, (value, f) => Array.isArray(value) && value.length > 0 && value.some((each) => is(each, f))])),
  "text batch": (value, { caption }) => isRecord(value) && value.textRow instanceof Int32Array && value.texts.includes(caption),
  "token batch": (value, { ids }) => isRecord(value) && Array.isArray(value.chunks) && value.chunks.some((chunk) => within(chunk.ids, ids)),
  batch: (value, f) => isRecord(value) && isRecord(value.collated) && forms["text batch"](value.collated, f),
};
const formOf = (value) => Object.keys(forms).find((name) => forms[name](value, followed));
/** Of an argument, or of one of the parts of a record of arguments. */
const formsOf = (args) => args.flatMap((arg) => {
  const own = formOf(arg);
  if (own !== undefined) return [own];
  return isRecord(arg) && !Array.isArray(arg) ? Object.values(arg).flatMap((part) => formOf(part) ?? []) : [];
});

globalThis.callTraced = (file, name, fn, self, args) => {
  if (followed === undefined) return fn.apply(self, args);
  const call = { file, name, parent: calls.getStore(), given: formsOf(args), place: followed.calls.length };
  followed.calls.push(call);
  const done = (result) => {
    call.made = formOf(result);
    return result;
  };
  const result = calls.run(call, () => fn.apply(self, args));
  return result instanceof Promise ? result.then(done) : done(result);
};
globalThis.traced = (file, name, fn) => function (...args) { return globalThis.callTraced(file, name, fn, this, args); };

export async function follow(caption, ids, work) {
  followed = { caption, ids, calls: [] };
  await calls.run(undefined, work);
  const made = followed.calls;
  followed = undefined;
  return made;
}
`;

/** Wraps each function of a source so that its calls are noted: arrow functions and function expressions, declarations, methods of plain objects. */
function wrapFunctions(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const file = JSON.stringify(relative(root, path));
  const inserted = [];
  const insert = (at, what, rank = 0) => inserted.push({ at, what, rank });
  const nameOf = (node) => (node.name ?? node.parent.name)?.getText(source) ?? "";
  const visit = (node, inClass) => {
    const isGenerator = node.asteriskToken !== undefined;
    const name = JSON.stringify(ts.isFunctionLike(node) ? nameOf(node) : "");
    if (ts.isArrowFunction(node) || (ts.isFunctionExpression(node) && !isGenerator)) {
      insert(node.getStart(source), `traced(${file}, ${name}, `);
      insert(node.end, ")", -node.getStart(source));
    } else if (ts.isFunctionDeclaration(node) && node.body && node.name) {
      insert(node.name.end, "Untraced");
      const isExported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ? "export " : "";
      const { text: own } = node.name;
      insert(
        node.end,
        `\n${isExported}function ${own}(...args: any[]): any { return callTraced(${file}, ${name}, ${own}Untraced, this, args); }`,
      );
    } else if (ts.isMethodDeclaration(node) && node.body && !isGenerator && !inClass) {
      const isAsync = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ? "async " : "";
      const parameters = text.slice(node.parameters.pos, node.parameters.end);
      insert(
        node.body.getStart(source) + 1,
        ` return callTraced(${file}, ${name}, ${isAsync}function (${parameters}) {`,
      );
      insert(node.body.end - 1, "}, this, [...arguments]);");
    }
    ts.forEachChild(node, (child) => visit(child, inClass || ts.isClassLike(node)));
  };
  visit(source, false);
  inserted.sort((a, b) => b.at - a.at || b.rank - a.rank);
  return inserted.reduce((made, { at, what }) => made.slice(0, at) + what + made.slice(at), text);
}

/** What is not ours is imported from where it is installed. */
function leaveOutside(bundler) {
  bundler.onResolve({ filter: /^[^./]/ }, async ({ path, resolveDir, kind, pluginData, importer }) => {
    if (
      pluginData === "asked" ||
      importer === "" ||
      path.startsWith("@tensorflow/tfjs-core/dist/") ||
      builtinModules.includes(path.replace(/^node:/, "")) ||
      path in sources
    )
      return undefined;
    const found = await bundler.resolve(path, { resolveDir, kind, pluginData: "asked" });
    return found.errors.length > 0 ? undefined : { path: pathToFileURL(found.path).href, external: true };
  });
}

function wrapSources(bundler) {
  bundler.onLoad({ filter: wrapped }, ({ path }) => ({
    contents: wrapFunctions(path, readFileSync(path, "utf8")),
    loader: "ts",
  }));
}

/** The files that a caption passes through, in order, with the forms that it enters and leaves each in, and the files entered again. */
export async function captionPaths(recipes) {
  const folder = mkdtempSync(join(train, "node_modules", ".caption-path-"));
  try {
    writeFileSync(join(folder, "tracer.mjs"), tracer);
    writeFileSync(
      join(folder, "run.ts"),
      `import { follow } from "./tracer.mjs";\n${run}\nexport const trace = (recipe) => batch(recipe, follow);`,
    );
    const outfile = join(folder, "bundle.mjs");
    await build({
      entryPoints: [join(folder, "run.ts")],
      alias: sources,
      bundle: true,
      platform: "node",
      format: "esm",
      outfile,
      logLevel: "error",
      plugins: [
        { name: "outside", setup: leaveOutside },
        { name: "wrapped", setup: wrapSources },
      ],
    });
    const { trace } = await import(pathToFileURL(outfile));
    const paths = {};
    for (const recipe of recipes) paths[recipe] = pathOf(await trace(recipe));
    return paths;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The form of a list is that of what it holds: a batch's captions go the way of each. */
const single = (form) => form.replace("list of ", "");

/** Whether a call is given the caption and gives it on in another form. */
const carries = ({ given, made }) => made !== undefined && given.some((form) => single(form) !== single(made));

function pathOf(calls) {
  const entered = new Map();
  const again = [];
  const onPath = new Map();
  for (const call of calls) {
    // What is called by something that keeps the caption for itself is behind the path, such as what a miner looks up.
    const isBehind = call.parent !== undefined && onPath.get(call.parent) === "behind";
    const consumes = call.given.length > 0 && call.made === undefined;
    onPath.set(call, isBehind || consumes ? "behind" : "open");
    const enters = !outerCalls(call).some(({ file, given }) => file === call.file && given.length > 0);
    if (isBehind || !enters || !carries(call)) continue;
    const step = { file: call.file, call: `${call.name}: ${call.given[0]} -> ${call.made}` };
    if (!entered.has(call.file)) entered.set(call.file, step);
    else if (!outerCalls(call).some(({ file }) => file === call.file)) again.push(step);
  }
  return { path: [...entered.values()], again, behind: new Set(calls.map(({ file }) => file)).size - entered.size };
}

function outerCalls({ parent }) {
  return parent === undefined ? [] : [parent, ...outerCalls(parent)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2);
  const paths = await captionPaths(asked.length > 0 ? asked : tracedRecipes);
  for (const [recipe, { path, again, behind }] of Object.entries(paths)) {
    console.log(`${recipe}: ${path.length} files on the way, ${again.length} entered again, ${behind} that they ask`);
    for (const { file, call } of path) console.log(`  ${file.padEnd(60)} ${call}`);
    for (const { file, call } of again) console.log(`  AGAIN ${file} ${call}`);
  }
}
