// Saves, kills, resumes and scores a run whose weights take 2.2 GB, and reads back a state of 2.2 GB: more than Node reads or writes at once.
//
//   node tools/faults/large.mjs [--gigabytes 2.2]
//
// The weights are those of a small model whose list of word pieces was made long with zeros, as a sparse file; the text tower is locked,
// so that no moments of it are kept. Takes about 10 GB of memory and of disk. The exit code is 1 where something was lost.
import { spawn } from "node:child_process";
import { cp, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { gigabytes: { type: "string", default: "2.2" } } });
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

const tiny = (steps, out, ...set) => {
  const flags = [`steps=${steps}`, "batchSize=4", "warmup=0", "saveFrequency=1", "logEveryNSteps=1", "keep=1", ...set];
  const data = ["world.train=16", "world.validation=4"];
  const all = [...flags, ...data].flatMap((one) => ["--set", one]);
  return [
    "run",
    "clip",
    "--scale",
    "smoke",
    ...all,
    "--out",
    out,
    "--backend",
    "ort",
    "--threads",
    "1",
    "--progress",
    "lines",
  ];
};

/** Makes a model's list of word pieces long: zeros behind those that it has, which take no room on the disk. */
async function enlarge(model, gigabytes) {
  const path = join(model, "model.safetensors");
  const bytes = await readFile(path);
  const headerBytes = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + headerBytes).toString());
  const name = Object.keys(header).find((key) => key.endsWith("token_embedding.weight"));
  const width = header[name].shape[1];
  const rows = Math.ceil((gigabytes * 1e9) / 4 / width);
  const order = [...Object.keys(header).filter((key) => key !== "__metadata__" && key !== name), name];
  const parts = order.map((key) => bytes.subarray(...header[key].data_offsets.map((at) => 8 + headerBytes + at)));
  let offset = 0;
  for (const [index, key] of order.entries()) {
    const size = key === name ? 4 * rows * width : parts[index].length;
    header[key].data_offsets = [offset, offset + size];
    offset += size;
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
  const { size, blocks } = await stat(path);
  tell(`weights: ${size} bytes in ${blocks * 512} on the disk, ${rows} word pieces of ${width}`);
}

const sizes = async (folder) => {
  const found = [];
  for (const name of await readdir(folder)) {
    const { size } = await stat(join(folder, name));
    if (size > 1e8) found.push(`${name} ${size}`);
  }
  return found.join(", ");
};

try {
  await mustRun("train", tiny(1, join(home, "small")));
  const model = join(home, "model");
  await cp(join(home, "small", "checkpoint"), model, { recursive: true });
  await enlarge(model, Number(values.gigabytes));
  const out = join(home, "run");
  const large = tiny(3, out, "lockText=true", `pretrained=${model}`);
  const killed = await run("train", large, "step 2/3");
  tell(
    `killed after step 1 was saved: ${killed.signal}; ${await sizes(join(out, "1-train", "checkpoints", "00000001"))}`,
  );
  const resumed = await mustRun("train", [...large, "--resume"]);
  tell(`resumed: ${/goes on from step .*/.exec(resumed)?.[0]}; ${await sizes(join(out, "checkpoint"))}`);
  if (!/goes on from step [12] of 3/.test(resumed)) throw new Error(`did not go on\n${resumed}`);
  const scored = ["run", "world/noun-swap", "--model", out, "--limit", "16", "--backend", "ort", "--threads", "1"];
  const line = (await mustRun("bench", scored)).split("\n").find((text) => text.includes("world/noun-swap"));
  tell(`scored: ${line}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await rm(home, { recursive: true, force: true });
}
