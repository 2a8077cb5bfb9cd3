import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Tests import packages by their public names; these are answered from the sources, so a test never sees a stale build. */
const alias = ["../packages", "../apps"].flatMap((relative) => {
  const folder = fileURLToPath(new URL(relative, import.meta.url));
  return readdirSync(folder)
    .filter((name) => existsSync(`${folder}/${name}/src/index.ts`))
    .flatMap((name) => [
      { find: new RegExp(`^@tesserae/${name}$`), replacement: `${folder}/${name}/src/index.ts` },
      { find: new RegExp(`^@tesserae/${name}/([^.]+)$`), replacement: `${folder}/${name}/src/$1.ts` },
    ]);
});

export default defineConfig({
  resolve: { alias },
  test: {
    include: ["src/**/*.test.ts"],
    testTimeout: 60_000,
    reporters: ["default", "json"],
    outputFile: { json: "test-results.json" },
    maxWorkers: 2,
    // Test files share a process and so the modules they import: a third less time than a process for each.
    isolate: false,
  },
});
