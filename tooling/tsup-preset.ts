import type { Options } from "tsup";

/** The one build of every package and app: ESM with source maps and declarations, dependencies left external. */
export function preset(entry: Record<string, string>, overrides: Partial<Options> = {}): Options {
  return {
    entry,
    format: "esm",
    target: "node20",
    dts: { compilerOptions: { paths: {} } },
    sourcemap: true,
    clean: true,
    splitting: true,
    silent: true,
    ...overrides,
  };
}
