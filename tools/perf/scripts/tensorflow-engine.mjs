// Builds the engine "tensorflow" where its old download host is not reached, and takes CLIP steps with it beside ort. Linux x64; needs g++, npm, a Python with pip and a
// build of this repository; nothing of it is part of an installation.
//
//   node tools/perf/scripts/tensorflow-engine.mjs <scratch folder> [--python python3] [--size tiny,small,ViT-B/32] [--steps 5] [--out result.json]
//
// @tensorflow/tfjs-node has two source files; they are compiled against the library and headers inside PyPI's tensorflow-cpu wheel and put where the package looks for
// its binding. For CUDA, the full tensorflow wheel of the same version has the same two libraries built for it: --wheel tensorflow.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

/** Steps that are not counted: they compile. */
const warmUp = 4;
const tensorflow = "2.15.1";
const tfjs = "4.22.0";
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: "string", default: "python3" },
    wheel: { type: "string", default: "tensorflow-cpu" },
    size: { type: "string", default: "tiny,small,ViT-B/32" },
    steps: { type: "string", default: "5" },
    out: { type: "string" },
  },
});
if (positionals.length !== 1) throw new Error("Name one scratch folder, which is made if it is not there.");
const scratch = resolve(positionals[0]);
mkdirSync(scratch, { recursive: true });
const run = (command, args) => execFileSync(command, args, { cwd: scratch, stdio: ["ignore", "inherit", "inherit"] });

const started = performance.now();
const modules = join(scratch, "node_modules");
const node = join(modules, "@tensorflow/tfjs-node");
if (!existsSync(join(modules, "onnxruntime-common"))) {
  writeFileSync(join(scratch, "package.json"), '{ "private": true, "type": "module" }\n');
  const packages = [
    `@tensorflow/tfjs-node@${tfjs}`,
    "node-api-headers",
    "onnxruntime-node@1.30.0",
    "onnxruntime-common@1.30.0",
  ];
  run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", ...packages]);
}
if (!readdirSync(scratch).some((name) => name.endsWith(".whl"))) {
  run(options.python, ["-m", "pip", "download", "-q", "--no-deps", `${options.wheel}==${tensorflow}`]);
}
const library = join(scratch, "wheel/tensorflow");
const wheel = readdirSync(scratch).find((name) => name.endsWith(".whl"));
if (!existsSync(library)) run(options.python, ["-m", "zipfile", "-e", wheel, "wheel"]);
const binding = join(node, "lib/napi-v8/tfjs_binding.node");
mkdirSync(join(node, "lib/napi-v8"), { recursive: true });
const includes = [join(library, "include"), join(modules, "node-api-headers/include"), node, join(node, "binding")];
const sources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((name) => join(node, "binding", name));
run("g++", [
  ...["-O2", "-std=c++17", "-fPIC", "-shared", ...includes.map((path) => `-I${path}`), ...sources, "-o", binding],
  ...[`-L${library}`, "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2", `-Wl,-rpath,${library}`],
]);
const seconds = (performance.now() - started) / 1000;

// The worker of `perf engine`, so that it finds tfjs-core where tfjs-node does.
const perf = fileURLToPath(new URL("..", import.meta.url));
await build({
  entryPoints: { worker: join(perf, "dist/clip-step-worker.js"), sizes: join(perf, "src/engine/clip-sizes.ts") },
  outdir: scratch,
  bundle: true,
  platform: "node",
  format: "esm",
  external: ["@tensorflow/*", "onnxruntime-*"],
  banner: {
    js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
  },
  logLevel: "error",
});
const { chosenSizes } = await import(join(scratch, "sizes.js"));

const results = [];
for (const size of options.size.split(",").map((name) => chosenSizes(name)[0])) {
  const workers = await Promise.all(
    ["tensorflow", "ort"].map(async (backend) => ({ backend, reports: [], ...(await startWorker(backend, size)) })),
  );
  for (let step = 0; step < warmUp + Number(options.steps); step++) {
    for (const { reports, take } of workers) reports.push(await take());
  }
  for (const { backend, reports, stop } of workers) {
    stop();
    const times = reports
      .slice(warmUp)
      .map(({ milliseconds }) => milliseconds)
      .sort((a, b) => a - b);
    results.push({
      size: size.name,
      backend,
      medianMs: Math.round(times[times.length >> 1]),
      fastestMs: Math.round(times[0]),
      memoryMB: Math.round(reports.at(-1).memory / 2 ** 20),
      firstLoss: reports[0].loss,
    });
    console.log(JSON.stringify(results.at(-1)));
  }
}
const result = {
  date: new Date().toISOString().slice(0, 10),
  versions: { node: process.versions.node, "tfjs-node": tfjs, [options.wheel]: tensorflow },
  buildSeconds: Math.round(seconds),
  steps: Number(options.steps),
  results,
};
if (options.out) writeFileSync(options.out, `${JSON.stringify(result, null, 2)}\n`);

/** A process that takes steps of one size on a backend. */
async function startWorker(backend, size) {
  const worker = spawn(process.execPath, ["worker.js"], { cwd: scratch, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: worker.stdout })[Symbol.asyncIterator]();
  const ask = async (line) => {
    worker.stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error("the worker ended; what it said stands above");
    return JSON.parse(value);
  };
  await ask(JSON.stringify({ backend, threads: 2, size, traced: backend === "ort" }));
  return { take: () => ask(""), stop: () => worker.stdin.end() };
}
