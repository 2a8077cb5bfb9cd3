// Kills command lines and checks that nothing is lost:
//
//   node tools/faults/faults.mjs everywhere <scenario> [--save N] [--stride N] [--first N] [--last N] [--power] [--without <reg. expression>]
//   node tools/faults/faults.mjs random <scenario> [--moments N] [--seed N]
//
// Scenarios: clip, mosaiclip (a run that saves every step), prepare, bench-run, world-table. `everywhere` counts the operations on files of
// one undisturbed run, then kills one run each at every operation; with --save 2 only at those of the second checkpoint's save, each in a
// copy of a run that came that far. With --power the folder is gone on with twice: as the kill leaves it, and as a power cut would. `random` kills at moments drawn by the seed, children included.
// After each kill the command is started again; what comes out must be the same as without a kill, no save that was over may be lost, and
// nothing half-written may lie about. The exit code is 1 if anything failed. `--jobs N` kills N runs at a time.
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { plainSuffix, recordBytes } from "./inject.mjs";
import { scenarios } from "./scenarios.mjs";

const hook = fileURLToPath(new URL("inject.mjs", import.meta.url));

/** Runs a command line to its end. @param faults environment of inject.mjs; `killAfter` milliseconds for the whole group of processes */
export function run(args, { faults = {}, killAfter } = {}) {
  const preload = Object.keys(faults).length > 0 ? { NODE_OPTIONS: `--import=${hook}` } : {};
  const child = spawn(process.execPath, args, {
    detached: true,
    env: { ...process.env, ...preload, ...faults },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += part));
  const started = performance.now();
  const timer =
    killAfter === undefined
      ? undefined
      : setTimeout(() => {
          try {
            process.kill(-child.pid, "SIGKILL");
          } catch {}
        }, killAfter);
  return new Promise((done) =>
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      done({ code, signal, output, milliseconds: performance.now() - started });
    }),
  );
}

const residentProgram = fileURLToPath(new URL("resident.mjs", import.meta.url));

/** A process that runs command lines to their end, one after the other. */
function createResident() {
  const child = spawn(process.execPath, [residentProgram], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((_, reject) =>
    child.on("close", (code, signal) => reject(new Error(`the process of command lines ended with ${code ?? signal}`))),
  );
  ended.catch(() => {});
  const answer = () =>
    new Promise((done) => {
      let output = "";
      const hear = (part) => {
        output += part;
        const code = /\0(\d+)\0$/.exec(output)?.[1];
        if (code === undefined) return;
        child.stdout.off("data", hear);
        done({ code: Number(code), output: output.slice(0, output.indexOf("\0")) });
      };
      child.stdout.on("data", hear);
    });
  return {
    run: (args) => {
      child.stdin.write(`${JSON.stringify(args)}\n`);
      return Promise.race([answer(), ended]);
    },
    end: () => child.stdin.end(),
  };
}

/** The operations of a log of inject.mjs. */
export async function operationsOf(log) {
  const text = await readFile(log, "utf8").catch(() => "");
  return Array.from({ length: text.length / recordBytes }, (_, index) =>
    text.slice(index * recordBytes, (index + 1) * recordBytes).trim(),
  );
}

/** What a scenario is measured by: its shared files, its outcome without a kill, and how long it takes. */
export async function reference(scenario, home) {
  const shared = join(home, "shared");
  await mkdir(shared, { recursive: true });
  await scenario.before?.(shared, async (args) => mustEnd(await run(args), args));
  const whole = join(home, "whole");
  await mkdir(whole);
  const log = join(home, "whole.log");
  const ended = await run(scenario.start(whole, shared), { faults: { FAULTS_FOLDER: whole, FAULTS_LOG: log } });
  mustEnd(ended, scenario.start(whole, shared));
  return {
    shared,
    milliseconds: ended.milliseconds,
    operations: await operationsOf(log),
    outcome: await scenario.outcome(whole, ended.output),
  };
}

function mustEnd({ code, output }, args) {
  if (code !== 0) throw new Error(`${args.join(" ")}: ended with ${code}\n${output}`);
}

/** Where two outcomes differ: the keys and what they hold. */
function differenceOf(is, was) {
  if (!is.startsWith("{")) return `${is.slice(0, 500)} instead of ${was.slice(0, 500)}`;
  const [now, before] = [is, was].map((text) => Object.entries(JSON.parse(text)));
  return now
    .map(([key, value], index) => [key, JSON.stringify(value), JSON.stringify(before[index]?.[1])])
    .filter(([, value, expected]) => value !== expected)
    .map(([key, value, expected]) => `${key} is ${value.slice(0, 500)} instead of ${expected?.slice(0, 500)}`)
    .join("; ");
}

/** The first operation of a checkpoint's save, counted from 0; -1 where there is none. */
const beginOfSave = (operations, save) =>
  operations.findIndex((operation) => new RegExp(`checkpoints/partial-${save}\\b`).test(operation));

/** The same of a run that came as far as a checkpoint's save, so that what is before it is done once. */
export async function beginAtSave(scenario, known, home, save) {
  const prefix = join(home, `before-save-${save}`);
  await mkdir(prefix);
  const at = String(beginOfSave(known.operations, save) + 1);
  const log = `${prefix}.log`;
  const faults = { FAULTS_FOLDER: prefix, FAULTS_LOG: log, FAULTS_AT: at };
  const { signal } = await run(scenario.start(prefix, known.shared), { faults });
  if (signal !== "SIGKILL") throw new Error(`${scenario.name}: did not come to save ${save}`);
  const whole = join(home, `whole-from-save-${save}`);
  await cp(prefix, whole, { recursive: true });
  const args = scenario.goOn(whole);
  const wholeLog = `${whole}.log`;
  const ended = await run(args, { faults: { FAULTS_FOLDER: whole, FAULTS_LOG: wholeLog } });
  mustEnd(ended, args);
  const outcome = await scenario.outcome(whole, ended.output);
  if (outcome !== known.outcome) throw new Error(`${scenario.name}: another outcome: ${outcome} not ${known.outcome}`);
  return { ...known, prefix, savedBefore: save - 1, operations: await operationsOf(wholeLog) };
}

/**
 * One run that is killed and gone on with.
 *
 * @param how faults: environment of inject.mjs; killAfter: milliseconds; runAgain: runs the command that goes on. Default: in a new process
 * @returns what went wrong; undefined when nothing did
 */
export async function killOnce(scenario, known, home, { faults, killAfter, runAgain = run }) {
  const folder = await mkdtemp(join(home, "killed-"));
  if (known.prefix !== undefined) await cp(known.prefix, folder, { recursive: true });
  const log = `${folder}.log`;
  const plain = `${log}${plainSuffix}`;
  const environment = faults === undefined ? {} : { FAULTS_FOLDER: folder, FAULTS_LOG: log, ...faults };
  try {
    const first = known.prefix === undefined ? scenario.start(folder, known.shared) : scenario.goOn(folder);
    const killed = await run(first, { faults: environment, killAfter });
    const operations = await operationsOf(log);
    const wasKilled = killed.signal === "SIGKILL" || killed.code !== 0;
    if (faults !== undefined && operations.length !== Number(faults.FAULTS_AT) && !wasKilled)
      return { wasKilled, wrong: "was not killed" };
    const saved =
      faults === undefined ? 0 : Math.max(known.savedBefore ?? 0, scenario.saved?.(operations.slice(0, -1)) ?? 0);
    const check = (at) => goOn(scenario, known, at, wasKilled ? { saved, runAgain } : { output: killed.output });
    // where everything was synced, a power cut leaves what the kill leaves: gone on with once
    const lostNothing = faults?.FAULTS_POWER !== undefined && (await isSameTree(folder, plain));
    const wrong = await check(folder);
    if (!faults?.FAULTS_POWER) return { wasKilled, operations, wrong };
    const wrongPlain = lostNothing ? undefined : await check(plain);
    const both = [wrong && `power cut: ${wrong}`, wrongPlain && `kill: ${wrongPlain}`].filter(Boolean);
    return { wasKilled, operations, wrong: both.length === 0 ? undefined : both.join("; ") };
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(log, { force: true });
    await rm(plain, { recursive: true, force: true });
    await rm(`${log}.shadows`, { recursive: true, force: true });
  }
}

/** Whether two folders hold the same files and folders, byte by byte. */
async function isSameTree(one, other) {
  const trees = await Promise.all(
    [one, other].map(async (folder) => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      const contents = entries.map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length), entry.isFile() ? (await readFile(path)).toString("base64") : ""];
      });
      return JSON.stringify((await Promise.all(contents)).sort(([a], [b]) => (a < b ? -1 : 1)));
    }),
  );
  return trees[0] === trees[1];
}

/** Goes on in a folder, unless its run came to its end and `output` says so. @returns what went wrong */
async function goOn(scenario, known, folder, { output = "", saved = 0, runAgain }) {
  const args = scenario.goOn ? scenario.goOn(folder) : scenario.start(folder, known.shared);
  if (runAgain !== undefined && args !== undefined) {
    const again = await runAgain(args);
    output = again.output;
    const from = scenario.from?.(output) ?? saved;
    if (from < saved) return `step ${saved} was saved, but it went on from step ${from}`;
    if (again.code !== 0) {
      return `does not go on (exit code ${again.code}): ${output.trim().split("\n").slice(-3).join(" | ")}`;
    }
  }
  const outcome = await scenario.outcome(folder, output).catch((error) => `unreadable: ${error.message}`);
  return outcome === known.outcome ? undefined : `another outcome: ${differenceOf(outcome, known.outcome)}`;
}

/** A small generator of random numbers in [0, 1) (mulberry32), so that moments can be had again from their seed. */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Does work for each of the values, some at a time; each of these has a process that goes on with what was killed. */
async function forEachOf(values, jobs, work) {
  const left = [...values];
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      const resident = createResident();
      try {
        while (left.length > 0) await work(left.shift(), resident.run);
      } finally {
        resident.end();
      }
    }),
  );
}

async function everywhere(scenario, whole, home, { save, stride, first, last, power, without, jobs }) {
  const extra = { ...(power ? { FAULTS_POWER: "1" } : {}), ...(without ? { FAULTS_WITHOUT: without } : {}) };
  const known = save === undefined ? whole : await beginAtSave(scenario, whole, home, save);
  const all = known.operations.length;
  // counted within the save, where one is given
  const begin = save === undefined ? 0 : beginOfSave(known.operations, save);
  const next = save === undefined ? -1 : beginOfSave(known.operations, save + 1);
  const count = (next < 0 ? all : next) - begin;
  const end = Math.min(last ?? count, count);
  const places = Array.from({ length: Math.floor((end - first) / stride) + 1 }, (_, index) => end - index * stride);
  let [kills, failures] = [0, 0];
  await forEachOf(places, jobs, async (place, runAgain) => {
    const faults = { FAULTS_AT: String(begin + place), ...extra };
    const { wasKilled, operations, wrong } = await killOnce(scenario, known, home, { faults, runAgain });
    if (wasKilled) kills++;
    if (kills % 10 === 0) console.error(`${kills} of ${places.length} killed`);
    if (wrong === undefined) return;
    failures++;
    console.log(`operation ${place} (${operations?.at(-1)}): ${wrong}`);
  });
  const where = save === undefined ? `${count} operations` : `${count} operations of save ${save}`;
  const how = `${power ? ", each as a kill and as a power cut" : ""}${without ? `, without ${without}` : ""}`;
  console.log(`${scenario.name}: ${where}, ${places.length} tried, ${kills} kills, ${failures} failures${how}`);
  return failures === 0 && kills === places.length;
}

async function random(scenario, known, home, { moments, seed, jobs }) {
  const rng = randomNumbers(seed);
  const delays = Array.from({ length: moments }, () => Math.round(rng() * known.milliseconds));
  let [kills, failures] = [0, 0];
  await forEachOf(delays.entries(), jobs, async ([moment, killAfter], runAgain) => {
    const { wasKilled, wrong } = await killOnce(scenario, known, home, { killAfter, runAgain });
    if (wasKilled) kills++;
    if (wrong === undefined) return;
    failures++;
    console.log(`moment ${moment} (${killAfter} ms): ${wrong}`);
  });
  console.log(
    `${scenario.name}: seed ${seed}, ${moments} random moments in ${Math.round(known.milliseconds)} ms, ${kills} kills, ${failures} failures`,
  );
  return failures === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      save: { type: "string" },
      stride: { type: "string", default: "1" },
      first: { type: "string", default: "1" },
      last: { type: "string" },
      power: { type: "boolean" },
      without: { type: "string" },
      moments: { type: "string", default: "50" },
      jobs: { type: "string", default: "1" },
      seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    },
  });
  const [how, name] = positionals;
  if (!["everywhere", "random"].includes(how) || !scenarios[name]) {
    console.error(
      `usage: faults.mjs everywhere|random ${Object.keys(scenarios).join("|")} [--save N] [--stride N] [--first N] [--last N] [--power] [--without X] [--moments N] [--seed N] [--jobs N]`,
    );
    process.exit(1);
  }
  const home = await mkdtemp(join(tmpdir(), "tesserae-faults-"));
  try {
    const known = await reference(scenarios[name], home);
    const numbers = Object.fromEntries(
      ["save", "stride", "first", "last", "moments", "seed", "jobs"].map((key) => [
        key,
        values[key] === undefined ? undefined : Number(values[key]),
      ]),
    );
    const ok = await (how === "everywhere" ? everywhere : random)(scenarios[name], known, home, {
      ...values,
      ...numbers,
    });
    process.exitCode = ok ? 0 : 1;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
