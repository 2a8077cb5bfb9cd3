import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const packages = fileURLToPath(new URL("../packages", import.meta.url));

/** Tests import packages by their public names; these are answered from the sources, so a test never sees a stale build. */
const alias = readdirSync(packages)
  .filter((name) => existsSync(`${packages}/${name}/src/index.ts`))
  .flatMap((name) => [
    { find: new RegExp(`^@tesserae/${name}$`), replacement: `${packages}/${name}/src/index.ts` },
    { find: new RegExp(`^@tesserae/${name}/(.+)$`), replacement: `${packages}/${name}/src/$1.ts` },
  ]);

export default defineConfig({
  resolve: { alias },
  test: {
    include: ["src/**/*.test.ts"],
    testTimeout: 60_000,
    reporters: ["default", "json"],
    outputFile: { json: "test-results.json" },
    maxWorkers: 2,
  },
});
