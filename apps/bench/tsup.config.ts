import { preset } from "../../tooling/tsup-preset.js";

export default preset({
  cli: "src/cli.ts",
  "clip-step-worker": "src/perf/engine/clip-step-worker.ts",
  index: "src/index.ts",
  "mine-worker": "src/perf/mine-worker.ts",
});
