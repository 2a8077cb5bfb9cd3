import { preset } from "../../tooling/tsup-preset.js";

export default preset({ cli: "src/cli.ts", index: "src/index.ts" });
