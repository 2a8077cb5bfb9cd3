// Makes a clone ready to build with nothing but Node and npm: finds or fetches the repository's pnpm, installs the lockfile.
// `node scripts/bootstrap.mjs` runs it alone; demo.mjs, test.mjs and turbo.mjs call it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./run.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** A mistake of the surroundings, told in one line without a stack trace. */
export class SetupError extends Error {
  name = "SetupError";
}

/**
 * Checks Node, finds pnpm and brings node_modules in line with the lockfile (about a second when it already is).
 *
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<{ env: NodeJS.ProcessEnv }>} The environment for every later command: pnpm on PATH, telemetry off.
 */
export async function bootstrap({ log = console.error } = {}) {
  const env = await toolEnvironment();
  const fresh = !existsSync(join(root, "node_modules", ".modules.yaml"));
  if (fresh) log("Installing dependencies ...");
  const started = performance.now();
  const args = ["install", "--frozen-lockfile", "--prefer-offline", "--config.confirm-modules-purge=false"];
  const { code, output } = await run("pnpm", args, { cwd: root, env, capture: !(fresh && process.stderr.isTTY) });
  if (code !== 0) {
    throw new SetupError(`${output.trimEnd()}\npnpm ${args.join(" ")} failed; the lines above say why.`.trimStart());
  }
  if (fresh) log(`Dependencies installed in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  return { env };
}

/**
 * The environment in which pnpm and the workspace's programs are found, for scripts that need no fresh install.
 *
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function toolEnvironment() {
  checkNodeVersion(process.versions.node, manifest.engines.node);
  const env = {
    ...process.env,
    COREPACK_ENABLE_DOWNLOAD_PROMPT: "0",
    DO_NOT_TRACK: "1",
    TURBO_NO_UPDATE_NOTIFIER: "1",
    TURBO_TELEMETRY_DISABLED: "1",
  };
  // Windows calls it Path, and spreading process.env makes the copy case-sensitive.
  const pathKey = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const wanted = manifest.packageManager.replace(/^pnpm@/, "").replace(/\+.*$/, "");
  const installed = await run("pnpm", ["--version"], { cwd: root, env, capture: true });
  if (installed.code !== 0 || installed.output.trim() !== wanted) {
    env[pathKey] = `${await fetchPnpm(wanted, env)}${delimiter}${env[pathKey]}`;
  }
  env[pathKey] = `${join(root, "node_modules", ".bin")}${delimiter}${env[pathKey]}`;
  return env;
}

/** Lets npx fetch pnpm into npm's cache (once) and returns the folder of its launcher. */
async function fetchPnpm(version, env) {
  const args = ["--yes", `--package=pnpm@${version}`, "--call", 'node -p "process.env.PATH"'];
  const { code, output } = await run("npx", args, { cwd: root, env, capture: true });
  const folder = output
    .split(/\r?\n/)
    .flatMap((line) => line.split(delimiter))
    .find((path) => path.includes("_npx") && existsSync(path) && readdirSync(path).includes("pnpm"));
  if (code !== 0 || folder === undefined) {
    throw new SetupError(
      `${output.trimEnd()}\nCould not fetch pnpm ${version} with npx. Check the network, or install it: npm install --global pnpm@${version}`,
    );
  }
  return folder;
}

/** @param {string} actual such as "20.19.4" @param {string} range such as ">=20.19" */
export function checkNodeVersion(actual, range) {
  const wanted = range.replace(/^>=\s*/, "");
  const [major = 0, minor = 0] = actual.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split(".").map(Number);
  if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
    throw new SetupError(`Tesserae needs Node ${wanted} or later, this is ${actual}. Get it from https://nodejs.org.`);
  }
}

/** Ends a script on its error: one clear line for what the user can mend, the whole trace for what only we can. */
export function fail(error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bootstrap().catch(fail);
