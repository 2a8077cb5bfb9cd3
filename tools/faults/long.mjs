// Watches a long run: its resident memory and its open handles must stay as they are after the first steps.
//
//   node tools/faults/long.mjs [--steps 10000] [--batch 8] [--out folder]
//
// Trains CLIP on the synthetic world with the demo's model (3 layers of 96 in each tower, 32 pixels) on one thread, saves every 1,000
// steps, and reads /proc, so it needs Linux. The exit code is 1 where memory grew by more than 20 MiB after step 500 or a handle was kept.
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const settledAt = 500;
const allowedGrowth = 20; // MiB
const { values } = parseArgs({
  options: {
    steps: { type: "string", default: "10000" },
    batch: { type: "string", default: "8" },
    out: { type: "string" },
  },
});
const home = values.out ?? (await mkdtemp(join(tmpdir(), "tesserae-long-")));
const set = [
  `steps=${values.steps}`,
  `batchSize=${values.batch}`,
  "valFrequency=",
  "saveFrequency=1000",
  "logEveryNSteps=20",
  "world.train=1024",
  "world.validation=32",
].flatMap((one) => ["--set", one]);
const args = ["run", "clip", ...set, "--out", join(home, "run"), "--backend", "ort", "--threads", "1"];
const cli = fileURLToPath(new URL("../../apps/train/dist/cli.js", import.meta.url));
const child = spawn(process.execPath, [cli, ...args, "--progress", "json"], { stdio: ["ignore", "pipe", "inherit"] });

/** Resident memory in MiB, and the number of open handles. */
async function look() {
  const status = await readFile(`/proc/${child.pid}/status`, "utf8");
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
  return { resident, handles: (await readdir(`/proc/${child.pid}/fd`)).length };
}

const records = [];
console.log("step  resident MiB  handles");
for await (const line of createInterface({ input: child.stdout })) {
  let told;
  try {
    told = JSON.parse(line);
  } catch {
    continue; // the summary
  }
  if (told.step === undefined || told.step === Number(values.steps)) continue; // the last step validates and ends
  const found = await look().catch(() => undefined);
  if (found === undefined) continue;
  records.push({ step: told.step, ...found });
  if (told.step % settledAt === 0)
    console.log(`${String(told.step).padStart(5)}  ${found.resident.toFixed(1).padStart(12)}  ${found.handles}`);
}
const code = await new Promise((done) => (child.exitCode === null ? child.on("close", done) : done(child.exitCode)));
if (values.out === undefined) await rm(home, { recursive: true, force: true });

const settled = records.filter(({ step }) => step >= settledAt);
const start = settled[0];
const growth = Math.max(...settled.map(({ resident }) => resident)) - (start?.resident ?? Number.NaN);
const looks = new Map();
for (const { handles } of settled) looks.set(handles, (looks.get(handles) ?? 0) + 1);
const told = [...looks].map(([handles, count]) => `${handles} (${count} looks)`).join(", ");
console.log(`exit code ${code}; after step ${settledAt}: at most ${growth.toFixed(1)} MiB more, handles ${told}`);
// A save opens files for a moment; a handle that is kept is there at every look afterwards.
const kept = Math.min(...settled.slice(-25).map(({ handles }) => handles)) - (start?.handles ?? Number.NaN);
process.exitCode = code === 0 && growth <= allowedGrowth && kept <= 0 ? 0 : 1;
