import { preset } from "../../tooling/tsup-preset.js";

export default preset({ http: "src/http.ts", index: "src/index.ts" });
