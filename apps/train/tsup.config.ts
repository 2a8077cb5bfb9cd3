import { preset } from "../../tooling/tsup-preset.js";

export default preset({
  index: "src/index.ts",
  cli: "src/cli.ts",
  "batch-worker": "src/threads/batch-worker.ts",
  "prepare-worker": "src/prepare/prepare-worker.ts",
});
