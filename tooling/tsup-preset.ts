import type { Options } from "tsup";

/** The one build of every package and app: ESM with source maps and declarations, dependencies left external. */
export function preset(entry: Record<string, string>, overrides: Partial<Options> = {}): Options {
  return {
    entry,
    format: "esm",
    target: "node20",
    // Without the `paths` that tests use, so that a declaration names the other package instead of copying it.
    dts:
      process.env.TESSERAE_SKIP_TYPES === "1"
        ? false
        : { compilerOptions: { paths: {} }, resolve: ["@tesserae/shared"] },
    // Private: what the apps use of it becomes part of them.
    noExternal: ["@tesserae/shared"],
    sourcemap: true,
    clean: true,
    splitting: true,
    silent: true,
    ...overrides,
  };
}
