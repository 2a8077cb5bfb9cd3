import { preset } from "../../tooling/tsup-preset.js";

export default preset({
  cli: "src/cli.ts",
  "clip-step-worker": "src/engine/clip-step-worker.ts",
  "detections-worker": "src/detection/detections-worker.ts",
  "mine-worker": "src/mining/mine-worker.ts",
});
