// Runs a turbo task in the workspaces, with pnpm found or fetched and telemetry off: node scripts/turbo.mjs build [turbo's options]
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bootstrap, fail, root, toolEnvironment } from "./bootstrap.mjs";
import { run } from "./run.mjs";

const turboScript = join(root, "node_modules", "turbo", "bin", "turbo");

/**
 * @param {readonly string[]} args Task and options of `turbo run`.
 * @param {NodeJS.ProcessEnv} env From `bootstrap`.
 * @param {{ capture?: boolean }} [options]
 */
export function turbo(args, env, options = {}) {
  return run(process.execPath, [turboScript, "run", ...args], { cwd: root, env, ...options });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const env = await (existsSync(turboScript) ? toolEnvironment() : bootstrap().then((ready) => ready.env)).catch(fail);
  process.exitCode = (await turbo(process.argv.slice(2), env)).code;
}
