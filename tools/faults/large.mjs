// Saves, kills, resumes and scores two runs whose files are larger than Node reads or writes at once: one whose weights take 2.2 GB, and one
// whose optimizer's state takes 2.2 GB, beside weights of half of that. What comes out must be the weights of a run that was not killed.
//
//   node tools/faults/large.mjs [--gigabytes 2.2] [weights|state]
//
// The weights are those of a small model whose list of word pieces was made long with zeros, as a sparse file; where the weights are to be
// large, the text tower is locked, so that no moments of it are kept. Takes about 12 GB of memory and of disk. The exit code is 1 where
// something was lost.
import { spawn } from "node:child_process";
import { cp, mkdtemp, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { gigabytes: { type: "string", default: "2.2" } },
});
const bytes = Number(values.gigabytes) * 1e9;
const program = (app) => fileURLToPath(new URL(`../../apps/${app}/dist/cli.js`, import.meta.url));
const home = await mkdtemp(join(tmpdir(), "tesserae-large-"));
const started = performance.now();
const tell = (line) => console.log(`${((performance.now() - started) / 1000).toFixed(0)} s: ${line}`);

/** Runs a command line; it is killed once it prints `killAt`. @returns exit code and output */
function run(app, args, killAt) {
  const child = spawn(process.execPath, [program(app), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part) => {
      output += part;
      if (killAt !== undefined && output.includes(killAt)) child.kill("SIGKILL");
    });
  }
  return new Promise((done) => child.on("close", (code, signal) => done({ code, signal, output })));
}

async function mustRun(app, args) {
  const { code, output } = await run(app, args);
  if (code !== 0) throw new Error(`${app} ${args.join(" ")}: ended with ${code}\n${output}`);
  return output;
}

/** Flags of a run of a few steps that is saved every so many. */
const tiny = (out, steps, saveFrequency, ...more) => {
  const flags = [`steps=${steps}`, `saveFrequency=${saveFrequency}`, "batchSize=4", "warmup=0", "logEveryNSteps=1"];
  const set = [...flags, "keep=1", "world.train=16", "world.validation=4", ...more].flatMap((one) => ["--set", one]);
  const engine = ["--backend", "ort", "--threads", "1", "--progress", "lines"];
  return ["run", "clip", "--scale", "smoke", ...set, "--out", out, ...engine];
};

/** Makes a model's list of word pieces long: zeros behind those that it has, which take no room on the disk. */
async function enlarge(model, size) {
  const path = join(model, "model.safetensors");
  const small = await readFile(path);
  const headerBytes = Number(small.readBigUInt64LE(0));
  const header = JSON.parse(small.subarray(8, 8 + headerBytes).toString());
  const name = Object.keys(header).find((key) => key.endsWith("token_embedding.weight"));
  const width = header[name].shape[1];
  const rows = Math.ceil(size / 4 / width);
  const order = [...Object.keys(header).filter((key) => key !== "__metadata__" && key !== name), name];
  const parts = order.map((key) => small.subarray(...header[key].data_offsets.map((at) => 8 + headerBytes + at)));
  let offset = 0;
  for (const [index, key] of order.entries()) {
    const taken = key === name ? 4 * rows * width : parts[index].length;
    header[key].data_offsets = [offset, offset + taken];
    offset += taken;
  }
  header[name].shape = [rows, width];
  const text = JSON.stringify(header);
  const head = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(head.length));
  await rm(path);
  const file = await open(path, "wx");
  for (const part of [length, head, ...parts]) await file.write(part);
  await file.truncate(8 + head.length + offset);
  await file.close();
  const config = JSON.parse(await readFile(join(model, "config.json"), "utf8"));
  config.text.vocabSize = rows;
  await writeFile(join(model, "config.json"), JSON.stringify(config));
  const { size: written, blocks } = await stat(path);
  tell(`  begins with ${written} bytes of weights in ${blocks * 512} on the disk, ${rows} word pieces of ${width}`);
}

/** Size and checksum of a file as a checkpoint's manifest lists them. */
async function listed(out, step, name) {
  const folder = join(out, "1-train", "checkpoints", String(step).padStart(8, "0"));
  return JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")).files[name];
}

/** @param file the checkpoint's file that is to be large, `size` bytes of weights that make it so */
async function trial(what, { file, size, set }) {
  tell(what);
  const [out, whole] = [join(home, "run"), join(home, "whole")];
  const model = join(home, "model");
  await cp(join(home, "small", "checkpoint"), model, { recursive: true });
  await enlarge(model, size);
  const flags = [...set, `pretrained=${model}`];
  const { signal } = await run("train", tiny(out, 2, 1, ...flags), "step 2/2");
  const saved = await listed(out, 1, file);
  tell(`  killed after step 1 was saved: ${signal}; ${file} ${saved.bytes} bytes`);
  if (saved.bytes < bytes) throw new Error(`${file} is not as large as it was to be`);
  const resumed = await mustRun("train", [...tiny(out, 2, 1, ...flags), "--resume"]);
  const from = /goes on from step .*/.exec(resumed)?.[0];
  tell(`  resumed: ${from}; ${file} ${(await listed(out, 2, file)).bytes} bytes`);
  if (from !== "goes on from step 1 of 2") throw new Error(`did not go on\n${resumed}`);
  const scored = ["run", "world/noun-swap", "--model", out, "--limit", "16", "--backend", "ort", "--threads", "1"];
  const line = (await mustRun("bench", scored)).split("\n").find((text) => text.includes("world/noun-swap"));
  tell(`  scored: ${line.replace(home, "")}`);
  const after = [await listed(out, 2, "model.safetensors"), await listed(out, 2, "optimizer.bin")];
  await rm(out, { recursive: true });
  await mustRun("train", tiny(whole, 2, 2, ...flags));
  const without = [await listed(whole, 2, "model.safetensors"), await listed(whole, 2, "optimizer.bin")];
  for (const [index, name] of ["weights", "state"].entries()) {
    const [is, was] = [after[index].sha256, without[index].sha256];
    tell(`  ${name}: ${is.slice(0, 16)} resumed, ${was.slice(0, 16)} of a run that was not killed`);
    if (is !== was) throw new Error(`the resumed run has other ${name}`);
  }
  for (const folder of [whole, model]) await rm(folder, { recursive: true });
}

const trials = {
  weights: () => trial("weights", { file: "model.safetensors", size: bytes, set: ["lockText=true"] }),
  state: () => trial("state", { file: "optimizer.bin", size: bytes / 2, set: [] }), // two moments of each weight
};

try {
  await mustRun("train", tiny(join(home, "small"), 1, 1));
  for (const [name, start] of Object.entries(trials)) {
    if (positionals.length === 0 || positionals.includes(name)) await start();
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await rm(home, { recursive: true, force: true });
}
