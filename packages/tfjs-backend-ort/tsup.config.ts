import { preset } from "../../tooling/tsup-preset.js";

export default preset(
  { index: "src/index.ts", gradients: "src/gradients.ts" },
  // tfjs-core's gradients are modules that Node cannot import as they are published; everything else stays outside.
  { noExternal: [/^@tensorflow\/tfjs-core\/dist\//] },
);
