// The files of the docs that plug something in (my-benchmark.ts, my-table.ts, my-reader.ts, my-tower.ts and the others), where a user
// has them: in a folder of their own, beside packages that were packed and installed. Their tests pass there, they compile, none is longer
// than a page of the docs should be, and each is shown in the docs.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./bootstrap.mjs";
import { run } from "./run.mjs";

/** Lines that an example stays under. */
const lineLimit = 60;
/** What the examples and their tests import, ours and others'. */
const ours = [
  "bench",
  "benchmarks",
  "data",
  "losses",
  "models",
  "negatives",
  "scene-graph",
  "tfjs-backend-ort",
  "train",
];
const others = ["@tensorflow/tfjs-backend-cpu", "@tensorflow/tfjs-core", "@types/node", "vitest", "zod"];
/** Pages whose code and test belong to the examples. */
const pages = ["write-a-recipe.md", "write-a-recipe.test.ts"];

/**
 * Installs the packed packages into an empty folder and runs the examples' tests there.
 *
 * @param {Map<string, string>} tarballs Address by package name.
 * @param {string} folder Where the project is made.
 * @returns {Promise<string | undefined>} What is wrong, or undefined.
 */
export async function examplesOutside(tarballs, folder, env) {
  const names = readdirSync(join(root, "docs", "examples")).filter((name) => /^my-.*\.ts$/.test(name));
  const problem = checkPages(names.filter((name) => !name.endsWith(".test.ts")));
  if (problem !== undefined) return problem;

  const project = join(folder, "examples-outside");
  for (const part of ["examples", "guide"]) mkdirSync(join(project, part), { recursive: true });
  for (const name of names) cpSync(join(root, "docs", "examples", name), join(project, "examples", name));
  for (const page of pages) cpSync(join(root, "docs", "guide", page), join(project, "guide", page));
  const catalog = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
  const versionOf = (name) => new RegExp(`^ {2}"?${name}"?: (\\S+)$`, "m").exec(catalog)?.[1];
  const dependencies = {
    ...Object.fromEntries(ours.map((name) => [`@tesserae/${name}`, tarballs.get(`@tesserae/${name}`)])),
    ...Object.fromEntries(others.map((name) => [name, versionOf(name)])),
  };
  const overrides = Object.fromEntries(tarballs);
  writeJson(join(project, "package.json"), { name: "outside", private: true, type: "module", dependencies, overrides });
  const compilerOptions = {
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: ["node"],
  };
  writeJson(join(project, "tsconfig.json"), { compilerOptions, include: ["examples"] });

  const npm = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock"];
  const install = await run("npm", npm, { cwd: project, env, capture: true });
  if (install.code !== 0) return `npm install failed\n${install.output}`;
  const vitest = join(project, "node_modules", "vitest", "vitest.mjs");
  const options = ["run", "--root", project, "--testTimeout", "120000", "--maxWorkers", "1", "--no-isolate"];
  const tests = await run(process.execPath, [vitest, ...options], { cwd: project, env, capture: true });
  if (tests.code !== 0) return `their tests fail outside the repository\n${tests.output}`;
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const types = await run(process.execPath, [tsc, "-p", project, "--pretty", "false"], { env, capture: true });
  return types.code === 0 ? undefined : `they do not compile outside the repository\n${types.output}`;
}

/** Every example is short, and some page of the guide shows it. */
function checkPages(names) {
  const guide = join(root, "docs", "guide");
  const text = readdirSync(guide)
    .filter((name) => name.endsWith(".md"))
    .map((name) => readFileSync(join(guide, name), "utf8"))
    .join("\n");
  for (const name of names) {
    const lines = readFileSync(join(root, "docs", "examples", name), "utf8").split("\n").length - 1;
    if (lines >= lineLimit) return `${name} has ${lines} lines; under ${lineLimit} are wished`;
    if (!text.includes(`../examples/${name}`)) return `${name} is on no page of docs/guide`;
  }
  return undefined;
}

function writeJson(path, value) {
  writeFileSync(path, JSON.stringify(value, undefined, 2));
}
