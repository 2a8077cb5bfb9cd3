// Runs a turbo task in every workspace, with turbo's telemetry off.
import { spawnSync } from "node:child_process";

const result = spawnSync("pnpm", ["exec", "turbo", "run", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", TURBO_NO_UPDATE_NOTIFIER: "1" },
});
process.exit(result.status ?? 1);
