import { preset } from "../../tooling/tsup-preset.js";

export default preset({
  index: "src/index.ts",
  load: "src/load.ts",
  testing: "src/testing.ts",
  wordnet: "src/wordnet.ts",
});
