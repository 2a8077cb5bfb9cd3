import { mergeConfig } from "vitest/config";
import preset from "../tooling/vitest-preset.js";

export default mergeConfig(preset, { test: { include: ["examples/*.test.ts", "guide/*.test.ts"] } });
