import { preset } from "@tesserae/tooling/tsup-preset";

export default preset({ index: "src/index.ts", testing: "src/testing.ts" });
