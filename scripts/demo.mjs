// npm run demo: from a fresh clone to the table. Installs, builds, trains a base CLIP on the synthetic world, fine-tunes it with
// every method for equally many steps, evaluates them, prints the table and writes the report.
//   npm run demo -- --set steps=50     a quick look: changes every recipe's flags (numbers mean little then)
//   npm run demo -- --out <folder>     where runs, results and report go (default runs/demo)
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bootstrap, fail, root, SetupError } from "./bootstrap.mjs";
import { isStopping, run } from "./run.mjs";
import { turbo } from "./turbo.mjs";

/** The base, which every method goes on from (the papers' protocol), and is the table's row "CLIP". */
const base = { run: "clip", recipe: "clip", scale: "world" };
/** The methods, slowest first, so that no long run is left alone at the end. */
const slowestFirst = [
  { run: "mosaiclip", recipe: "mosaiclip", scale: "world" },
  { run: "negclip", recipe: "negclip", scale: "world" },
  { run: "structure-clip", recipe: "structure-clip", scale: "world" },
  { run: "clip-ft", recipe: "clip", scale: "world-ft" },
];
/** The order of the table's rows. */
const methods = ["clip", "clip-ft", "negclip", "structure-clip", "mosaiclip"];

/** What knows less than the choices between captions or pictures ask for: rows of the table beside the methods. */
const shortcuts = ["text", "words", "first-named", "picture"];
const choices = [
  ...["relation-swap", "attribute-swap", "relation-swap-unseen", "attribute-swap-unseen", "attribute-swap-reworded"],
  ...["noun-swap", "object-replacement", "picture-choice", "productivity"],
];

const phases = [];
try {
  await demo(readOptions());
} catch (error) {
  if (isStopping()) process.exit();
  fail(error);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { set: { type: "string", multiple: true, default: [] }, out: { type: "string", default: "runs/demo" } },
    });
    return values;
  } catch (error) {
    throw new SetupError(`${error.message}. The demo takes --set key=value (repeatable) and --out folder.`);
  }
}

async function demo({ set, out }) {
  const { env } = await phase("install", () => bootstrap({ log: console.log }));
  await phase("build", () => build({ ...env, TESSERAE_SKIP_TYPES: "1" }));
  await phase("train", () => trainAll(env, set, out));
  await phase("evaluate", async () => {
    const models = methods.flatMap((method) => ["--model", join(out, method)]);
    await bench(env, ["run", "world", ...models]);
    const scorers = shortcuts.flatMap((name) => ["--model", `shortcut:${name}`]);
    await bench(env, ["run", ...choices.map((task) => `world/${task}`), ...scorers, "--out", out]);
    await bench(env, ["table", "demo", "--results", out]);
    await bench(env, ["report", out]);
  });
  const total = phases.reduce((sum, { seconds }) => sum + seconds, 0);
  console.log(
    `\nTotal ${duration(total)}: ${phases.map(({ name, seconds }) => `${name} ${duration(seconds)}`).join(", ")}`,
  );
}

async function phase(name, work) {
  const started = performance.now();
  const result = await work();
  if (isStopping()) process.exit();
  phases.push({ name, seconds: (performance.now() - started) / 1000 });
  return result;
}

/** Only what the demo runs, without declarations. */
async function build(env) {
  console.log("Building ...");
  const args = ["build", "--filter=@tesserae/train...", "--filter=@tesserae/bench...", "--output-logs=errors-only"];
  const { code, output } = await turbo(args, env, { capture: true });
  if (code !== 0) throw new SetupError(`${output.trimEnd()}\nThe build failed; the lines above say where.`);
}

/**
 * The base with all cores, then one process and one thread a method, so that each trains the same way on any machine; as many at once
 * as cores.
 */
async function trainAll(env, set, out) {
  const queue = [...slowestFirst];
  const atOnce = Math.min(queue.length, availableParallelism());
  const progress = process.stdout.isTTY ? bars() : lines();
  const settings = set.flatMap((setting) => ["--set", setting]);
  const train = async ({ run: name, recipe, scale }, more) => {
    const args = ["run", recipe, "--scale", scale, "--out", join(out, name), "--overwrite", "--progress", "json"];
    const onLine = (line) => progress.update(name, parseJson(line));
    const { code, output } = await run(process.execPath, [cli("train"), ...args, ...more, ...settings], {
      cwd: root,
      env,
      onLine,
    });
    if (code === 0) return;
    queue.length = 0;
    throw new SetupError(`Training ${name} failed: ${output.trim().split("\n").at(-1) || `exit code ${code}`}`);
  };
  const worker = async () => {
    for (let method = queue.shift(); method !== undefined; method = queue.shift()) {
      await train(method, ["--threads", "1", "--set", `pretrained=${join(out, base.run)}`]);
    }
  };
  try {
    console.log("Training the base on the synthetic world ...");
    await train(base, []);
    console.log(`Fine-tuning it: ${methods.slice(1).join(", ")}, ${atOnce} at a time ...`);
    await Promise.all(Array.from({ length: atOnce }, worker));
  } finally {
    progress.stop();
  }
}

async function bench(env, args) {
  const { code } = await run(process.execPath, [cli("bench"), ...args], { cwd: root, env });
  if (code !== 0) throw new SetupError(`bench ${args.join(" ")} failed; the lines above say why.`);
}

function cli(app) {
  return join("apps", app, "dist", "cli.js");
}

/** One bar a method, with the training app's own copy of cli-progress. */
function bars() {
  const { MultiBar } = createRequire(join(root, "apps", "train", "package.json"))("cli-progress");
  const format = "{run} {bar} {value}/{total}  loss {loss}  {rate} images/s  {left} left";
  const all = new MultiBar({ format, hideCursor: true, barsize: 30 });
  const byMethod = new Map();
  return {
    update(method, progress) {
      if (progress?.steps === undefined) return;
      const { step, steps, loss, samplesPerSecond, secondsLeft } = progress;
      const shown = {
        run: method.padEnd(14),
        loss: loss.toFixed(3),
        rate: samplesPerSecond.toFixed(0),
        left: duration(secondsLeft),
      };
      if (!byMethod.has(method)) byMethod.set(method, all.create(steps, 0, shown));
      byMethod.get(method).update(step, shown);
    },
    stop: () => all.stop(),
  };
}

/** Where there is no terminal: a line at every quarter of a run. */
function lines() {
  const shown = new Map();
  return {
    update(method, progress) {
      if (progress?.steps === undefined) return;
      const { step, steps, loss, samplesPerSecond, secondsLeft } = progress;
      const quarter = Math.floor((4 * step) / steps);
      if (quarter === (shown.get(method) ?? 0)) return;
      shown.set(method, quarter);
      const rate = `${samplesPerSecond.toFixed(0)} images/s, ${duration(secondsLeft)} left`;
      console.log(`  ${method}: step ${step}/${steps}, loss ${loss.toFixed(3)}, ${rate}`);
    },
    stop: () => {},
  };
}

function parseJson(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Seconds as "42 s" or "3 min 05 s". */
function duration(seconds) {
  const whole = Math.round(seconds);
  return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}
