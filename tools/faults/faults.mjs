// Kills command lines and checks that nothing is lost:
//
//   node tools/faults/faults.mjs everywhere <scenario> [--save N] [--stride N] [--first N] [--last N] [--power] [--without <reg. expression>]
//   node tools/faults/faults.mjs random <scenario> [--moments N] [--seed N]
//
// Scenarios: clip, mosaiclip (a run that saves every step), prepare, bench-run, world-table. `everywhere` counts the operations on files of
// one undisturbed run, then kills one run each at every operation, with --power as a power cut would; with --save 2 only at those of the
// second checkpoint's save. `random` kills at moments drawn by
// the seed, children included. After each kill the command is started again; what comes out must be the same as
// without a kill, no save that was over may be lost, and nothing half-written may lie about. The exit code is 1 if anything failed.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { recordBytes } from "./inject.mjs";
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

/** One run that is killed and gone on with. @returns what went wrong; undefined when nothing did */
export async function killOnce(scenario, known, home, { faults, killAfter }) {
  const folder = await mkdtemp(join(home, "killed-"));
  const log = `${folder}.log`;
  const environment = faults === undefined ? {} : { FAULTS_FOLDER: folder, FAULTS_LOG: log, ...faults };
  try {
    const killed = await run(scenario.start(folder, known.shared), { faults: environment, killAfter });
    const operations = await operationsOf(log);
    const wasKilled = killed.signal === "SIGKILL" || killed.code !== 0;
    if (faults !== undefined && operations.length !== Number(faults.FAULTS_AT) && !wasKilled)
      return { wasKilled, wrong: "was not killed" };
    let output = killed.output;
    const args = scenario.goOn ? scenario.goOn(folder) : scenario.start(folder, known.shared);
    if (wasKilled && args !== undefined) {
      const again = await run(args);
      output = again.output;
      const saved = faults === undefined ? 0 : (scenario.saved?.(operations.slice(0, -1)) ?? 0);
      const from = scenario.from?.(output) ?? saved;
      if (from < saved) {
        return { wasKilled, operations, wrong: `step ${saved} was saved, but it went on from step ${from}` };
      }
      if (again.code !== 0) {
        const last = output.trim().split("\n").slice(-3).join(" | ");
        return { wasKilled, operations, wrong: `does not go on (exit code ${again.code}): ${last}` };
      }
    }
    const outcome = await scenario.outcome(folder, output).catch((error) => `unreadable: ${error.message}`);
    return {
      wasKilled,
      operations,
      wrong: outcome === known.outcome ? undefined : `another outcome: ${outcome} instead of ${known.outcome}`,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(log, { force: true });
    await rm(`${log}.shadows`, { recursive: true, force: true });
  }
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

async function everywhere(scenario, known, home, { save, stride, first, last, power, without }) {
  const extra = { ...(power ? { FAULTS_POWER: "1" } : {}), ...(without ? { FAULTS_WITHOUT: without } : {}) };
  let [kills, failures] = [0, 0];
  if (save !== undefined) {
    const begin = (step) =>
      known.operations.findIndex((operation) => new RegExp(`checkpoints/partial-${step}\\b`).test(operation));
    [first, last] = [begin(save) + 1, begin(save + 1)];
  }
  const end = Math.min(last ?? known.operations.length, known.operations.length);
  for (let at = end; at >= first; at -= stride) {
    const { wasKilled, operations, wrong } = await killOnce(scenario, known, home, {
      faults: { FAULTS_AT: String(at), ...extra },
    });
    if (wasKilled) kills++;
    if (wrong !== undefined) failures++;
    if (wrong !== undefined) console.log(`operation ${at} (${operations?.at(-1)}): ${wrong}`);
  }
  const tried = Math.floor((end - first) / stride) + 1;
  console.log(
    `${scenario.name}: ${save === undefined ? `${known.operations.length} operations` : `${end - first + 1} operations of save ${save}`}, ${tried} tried, ${kills} kills, ${failures} failures${power ? ", as power cuts" : ""}${without ? `, without ${without}` : ""}`,
  );
  return failures === 0 && kills === tried;
}

async function random(scenario, known, home, { moments, seed }) {
  const rng = randomNumbers(seed);
  let [kills, failures] = [0, 0];
  for (let moment = 0; moment < moments; moment++) {
    const killAfter = Math.round(rng() * known.milliseconds);
    const { wasKilled, wrong } = await killOnce(scenario, known, home, { killAfter });
    if (wasKilled) kills++;
    if (wrong === undefined) continue;
    failures++;
    console.log(`moment ${moment} (${killAfter} ms): ${wrong}`);
  }
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
      seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    },
  });
  const [how, name] = positionals;
  if (!["everywhere", "random"].includes(how) || !scenarios[name]) {
    console.error(
      `usage: faults.mjs everywhere|random ${Object.keys(scenarios).join("|")} [--save N] [--stride N] [--first N] [--last N] [--power] [--without X] [--moments N] [--seed N]`,
    );
    process.exit(1);
  }
  const home = await mkdtemp(join(tmpdir(), "tesserae-faults-"));
  try {
    const known = await reference(scenarios[name], home);
    const numbers = Object.fromEntries(
      ["save", "stride", "first", "last", "moments", "seed"].map((key) => [
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
