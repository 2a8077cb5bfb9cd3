import { preset } from "../../tooling/tsup-preset.js";

export default preset({
  cli: "src/cli.ts",
  index: "src/index.ts",
  lexicon: "src/lexicon.ts",
  "parse-worker": "src/stream/parse-worker.ts",
  random: "src/random.ts",
  wordnet: "src/wordnet.ts",
});
