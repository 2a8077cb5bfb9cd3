// Packs every package and app as it would be published and installs each one alone, with npm and its install scripts, into an empty project:
// it must import in plain Node, what computes must take a training step on the native ONNX Runtime of the machine, its types must resolve, below the engine line nothing may bring TensorFlow.js along, and the
// first example of some READMEs must do what it says. The examples of the docs run beside the packed packages too.
// `node scripts/check-install.mjs [name ...]` ("examples" for those) needs a build; it ends with "N passed, N failed".
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrap, fail, root } from "./bootstrap.mjs";
import { engineFree } from "./check-packages.mjs";
import { examplesOutside } from "./examples-outside.mjs";
import { inParallel, packAll, publishedWorkspaces } from "./pack.mjs";
import { run } from "./run.mjs";

/** Most packages that an installation may bring (the package itself among them), and their size in megabytes. */
const limits = { "scene-graph": { packages: 9, megabytes: 15 } };

/** Chooses the backend "ort", says what it has loaded, and takes a step of gradient descent on it, which has to give 1 - 0.1 * 2 = 0.8. */
const trainingStep = `
import * as tf from "@tensorflow/tfjs-core";
import { jit, selectBackend } from "@tesserae/tfjs-backend-ort";
const { name, reason } = await selectBackend({ backend: "ort" });
console.log(name + ": " + reason.replace("as asked for: ", ""));
const weight = tf.variable(tf.scalar(1));
const step = jit((rate) => weight.assign(tf.sub(weight, tf.mul(tf.grad((w) => tf.square(w))(weight), rate))) ?? weight);
const [value] = await step(tf.scalar(0.1)).data();
if (Math.abs(value - 0.8) > 1e-6) throw new Error("the step gave " + value);
`;

/** What the first example of a package's README has to print last when it is run in the empty project. */
const examples = { "tfjs-backend-ort": /^right: (1|0\.9\d*)$/ };
const { env } = await bootstrap().catch(fail);
const folder = mkdtempSync(join(tmpdir(), "tesserae-install-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const wanted = process.argv.slice(2);
const workspaces = publishedWorkspaces();
const tarballs = await packAll(workspaces, folder, env);

const sizes = new Map();
let passed = 0;
let failed = 0;
const fitsMachine = ({ os = [process.platform], cpu = [process.arch] }) =>
  os.includes(process.platform) && cpu.includes(process.arch);
const chosen = workspaces
  .filter(({ manifest }) => fitsMachine(manifest))
  .filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  .map((workspace) => ({ name: workspace.manifest.name, check: () => alone(workspace) }));
if (wanted.length === 0 || wanted.includes("examples")) {
  const said = "run against packed packages, outside the repository";
  const check = async () => (await examplesOutside(tarballs, folder, env)) ?? { well: said };
  chosen.unshift({ name: "the docs' examples", check });
}
await inParallel(chosen, async ({ name, check }) => {
  const started = performance.now();
  const outcome = await check();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (typeof outcome === "string") failed += 1;
  else passed += 1;
  console.log(`${name}: ${typeof outcome === "string" ? outcome : `${outcome.well} (${seconds} s)`}`);
});
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** @returns {Promise<string | { well: string }>} What is wrong, or what is well. */
async function alone(workspace) {
  if (!tarballs.has(workspace.manifest.name)) return "could not be packed";
  return (await installAlone(workspace)) ?? { well: `installs and imports alone: ${sizes.get(workspace.name)}` };
}

/** @returns {Promise<string | undefined>} What is wrong, or undefined. */
async function installAlone({ kind, name, manifest }) {
  const project = join(folder, name);
  mkdirSync(project);
  const overrides = Object.fromEntries(
    [...tarballs.keys()].filter((other) => other !== manifest.name).map((other) => [other, tarballs.get(other)]),
  );
  const dependencies = { [manifest.name]: tarballs.get(manifest.name) };
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ name: "alone", private: true, type: "module", dependencies, overrides }),
  );
  const npm = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock"];
  const install = await run("npm", npm, { cwd: project, env, capture: true });
  if (install.code !== 0) return `npm install failed\n${install.output}`;

  if (kind === "packages" && engineFree.has(name) && existsSync(join(project, "node_modules", "@tensorflow"))) {
    return "brings TensorFlow.js along although it is engine-free";
  }
  const size = sizeOf(join(project, "node_modules"));
  sizes.set(name, `${size.packages} packages, ${size.megabytes.toFixed(1)} MB`);
  const limit = limits[name];
  if (limit && (size.packages > limit.packages || size.megabytes > limit.megabytes)) {
    return `brings ${sizes.get(name)}; at most ${limit.packages} packages and ${limit.megabytes} MB are allowed`;
  }
  if (kind === "native") return undefined; // a binary, which tfjs-backend-ort loads
  const entries = Object.keys(manifest.exports)
    .filter((subpath) => subpath !== "./package.json")
    .map((subpath) => manifest.name + subpath.slice(1));
  for (const entry of entries) {
    const problem = await importEntry(project, entry, manifest);
    if (problem !== undefined) return problem;
  }
  if (existsSync(join(project, "node_modules", "@tesserae", "tfjs-backend-ort"))) {
    const { code, output } = await run(process.execPath, ["--input-type=module", "--eval", trainingStep], {
      cwd: project,
      env,
      capture: true,
    });
    const native = new RegExp(`^ort: ONNX Runtime [0-9.]+ \\(${process.platform}-${process.arch}, @tesserae/`, "m");
    if (code !== 0 || !native.test(output)) return `takes no training step on the native ONNX Runtime\n${output}`;
    console.log(`${manifest.name}: ${output.trim()}`);
  }
  const exampleProblem = name in examples ? await runExample(project, name) : undefined;
  if (exampleProblem !== undefined) return exampleProblem;
  for (const bin of Object.keys(manifest.bin ?? {})) {
    const help = await run("npm", ["exec", "--no", "--", bin, "--help"], { cwd: project, env, capture: true });
    if (help.code !== 0) return `${bin} --help failed\n${help.output}`;
  }
  const typesProblem = await checkTypes(project, entries);
  rmSync(project, { recursive: true, force: true });
  return typesProblem;
}

/** Packages in a node_modules folder, nested ones too, and the bytes of all files. */
function sizeOf(folder) {
  let bytes = 0;
  let packages = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) bytes += statSync(path).size;
    if (entry.name === "package.json" && /node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+$/.test(entry.parentPath))
      packages += 1;
  }
  return { packages, megabytes: bytes / 1e6 };
}

/** Imports an entry in plain Node. An entry may fail for want of an optional peer (a test runner), and for nothing else. */
async function importEntry(project, entry, manifest) {
  const source = `const names = Object.keys(await import("${entry}")); if (names.length === 0) throw new Error("exports nothing");`;
  const args = ["--input-type=module", "--eval", source];
  const { code, output } = await run(process.execPath, args, { cwd: project, env, capture: true });
  if (code === 0) return undefined;
  const missing = /Cannot find package '([^']+)'/.exec(output)?.[1];
  if (missing !== undefined && manifest.peerDependenciesMeta?.[missing]?.optional === true) return undefined;
  return `import "${entry}" failed\n${output}`;
}

/** Runs the first JavaScript example of a package's README as it stands. */
async function runExample(project, name) {
  const readme = readFileSync(join(root, "packages", name, "README.md"), "utf8");
  const example = /```js\n(.*?)```/s.exec(readme)?.[1];
  if (example === undefined) return "its README has no example";
  writeFileSync(join(project, "example.mjs"), example);
  const { code, output } = await run(process.execPath, ["example.mjs"], { cwd: project, env, capture: true });
  const last = output.trim().split("\n").at(-1);
  return code === 0 && examples[name].test(last) ? undefined : `the example of its README failed\n${output}`;
}

/** Compiles an import of every entry and reports errors in our own declarations; those of other packages are theirs. */
async function checkTypes(project, entries) {
  writeFileSync(join(project, "alone.mts"), entries.map((entry) => `import "${entry}";\n`).join(""));
  const options = "--noEmit --strict --target es2022 --module nodenext --pretty false --types node";
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const types = ["--typeRoots", join(root, "node_modules", "@types")];
  const args = [tsc, ...options.split(" "), ...types, "alone.mts"];
  const { output } = await run(process.execPath, args, { cwd: project, env, capture: true });
  const ours = output.split("\n").filter((line) => /^(alone\.mts|node_modules\/@tesserae\/)/.test(line));
  return ours.length === 0 ? undefined : `its types do not resolve\n${ours.join("\n")}`;
}
