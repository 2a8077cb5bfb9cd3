import { preset } from "../../tooling/tsup-preset.js";

export default preset({
  cli: "src/cli.ts",
  index: "src/index.ts",
  "parse-worker": "src/parse-worker.ts",
  random: "src/random.ts",
  wordnet: "src/wordnet.ts",
});
