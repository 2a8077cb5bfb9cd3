import { preset } from "../../tooling/tsup-preset.js";

export default preset({
  cli: "src/cli.ts",
  "clip-step-process": "src/perf/engine/clip-step-process.ts",
  index: "src/index.ts",
});
