import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { checkRepository } from "./check-packages.mjs";

const roots = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

function manifest(folder, fields = {}) {
  return {
    name: `@tesserae/${folder.split("/")[1]}`,
    version: "0.1.0",
    description: "A package.",
    license: "MIT",
    type: "module",
    sideEffects: false,
    repository: { type: "git", url: "git+https://example.org/repo.git", directory: folder },
    files: ["dist", "src"],
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
    engines: { node: ">=20.19" },
    publishConfig: { access: "public", provenance: true },
    ...fields,
  };
}

/** A small repository without breaches: an app over augment over scene-graph, and losses on tfjs-core. */
function validFiles() {
  const files = { "package.json": { engines: { node: ">=20.19" }, devDependencies: { vitest: "catalog:" } } };
  const add = (folder, fields, source) => {
    files[`${folder}/package.json`] = manifest(folder, fields);
    files[`${folder}/README.md`] = "# A package\n";
    files[`${folder}/tsup.config.ts`] =
      'import { preset } from "../../tooling/tsup-preset.js";\nexport default preset({ index: "src/index.ts" });\n';
    files[`${folder}/src/index.ts`] = 'export { thing, type Thing } from "./thing.js";\n';
    files[`${folder}/src/thing.ts`] = source;
    files[`${folder}/src/thing.test.ts`] = 'import { it } from "vitest";\nit("works", () => {});\n';
  };
  const thing = "export type Thing = number;\nexport const thing: Thing = 1;\n";
  add("packages/scene-graph", {}, thing);
  add(
    "packages/augment",
    { dependencies: { "@tesserae/scene-graph": "workspace:^" } },
    `import { thing as other } from "@tesserae/scene-graph";\n${thing}export const two = other + 1;\n`,
  );
  add(
    "packages/losses",
    {
      peerDependencies: { "@tensorflow/tfjs-core": "^4.22.0" },
      devDependencies: { "@tensorflow/tfjs-core": "catalog:" },
    },
    `import * as tf from "@tensorflow/tfjs-core";\n${thing}export const one = () => tf.scalar(1);\n`,
  );
  add(
    "apps/train",
    {
      dependencies: {
        "@tesserae/augment": "workspace:^",
        "@tesserae/losses": "workspace:^",
        "@tensorflow/tfjs-core": "catalog:",
      },
    },
    `import { two } from "@tesserae/augment";\nimport { one } from "@tesserae/losses";\n${thing}export const all = [one, two];\n`,
  );
  return files;
}

/** Writes the valid repository with `changes` over it and returns what the script says. */
function check(changes = {}) {
  const root = mkdtempSync(join(tmpdir(), "tesserae-check-"));
  roots.push(root);
  const files = { ...validFiles(), ...changes };
  for (const [path, content] of Object.entries(files)) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
  }
  return checkRepository(root);
}

describe("checkRepository", () => {
  it("finds nothing in a repository that keeps the rules", () => {
    expect(check()).toEqual({ workspaces: 4, errors: [], warnings: [] });
  });

  const breaches = [
    {
      rule: "an edge that the table does not allow",
      changes: { "packages/losses/src/thing.ts": 'export { thing } from "@tesserae/scene-graph";\n' },
      error:
        "packages/losses/src/thing.ts:1: imports @tesserae/scene-graph; packages/losses may import no other package of the repository",
    },
    {
      rule: "a forbidden edge by dynamic import",
      changes: {
        "packages/scene-graph/src/thing.ts": 'export const thing = () => import("@tesserae/augment");\n',
      },
      error: "packages/scene-graph/src/thing.ts:1: imports @tesserae/augment; packages/scene-graph may import no other",
    },
    {
      rule: "a forbidden edge by a type",
      changes: {
        "packages/scene-graph/src/thing.ts": 'export type Thing = import("@tesserae/losses").Thing;\n',
      },
      error: "packages/scene-graph/src/thing.ts:1: imports @tesserae/losses",
    },
    {
      rule: "a forbidden edge in package.json alone",
      changes: {
        "packages/augment/package.json": manifest("packages/augment", {
          dependencies: { "@tesserae/scene-graph": "workspace:^", "@tesserae/losses": "workspace:^" },
        }),
      },
      error: "dependencies lists @tesserae/losses; packages/augment may import only @tesserae/scene-graph",
    },
    {
      rule: "a package that imports an app",
      changes: { "packages/augment/src/thing.ts": 'export { thing } from "@tesserae/train";\n' },
      error: "imports @tesserae/train; only packages may be imported, apps may not",
    },
    {
      rule: "an engine below the engine line",
      changes: {
        "packages/scene-graph/package.json": manifest("packages/scene-graph", {
          peerDependencies: { "@tensorflow/tfjs-core": "^4.22.0" },
        }),
      },
      error: "peerDependencies lists @tensorflow/tfjs-core; packages/scene-graph is engine-free",
    },
    {
      rule: "tfjs-core as an ordinary dependency",
      changes: {
        "packages/losses/package.json": manifest("packages/losses", {
          dependencies: { "@tensorflow/tfjs-core": "catalog:" },
        }),
      },
      error: "@tensorflow/tfjs-core must be a peer dependency",
    },
    {
      rule: "an undeclared dependency",
      changes: { "packages/losses/src/extra.ts": 'import sharp from "sharp";\nexport default sharp;\n' },
      error: "packages/losses/src/extra.ts:1: imports sharp, which package.json does not declare",
    },
    {
      rule: "a declared dependency that nothing uses",
      changes: {
        "packages/scene-graph/package.json": manifest("packages/scene-graph", {
          dependencies: { graphology: "catalog:" },
        }),
      },
      error: "dependencies lists graphology, which no source file uses",
    },
    {
      rule: "a version outside the catalog",
      changes: {
        "packages/scene-graph/package.json": manifest("packages/scene-graph", {
          devDependencies: { vitest: "^4.0.0" },
        }),
      },
      error: 'devDependencies.vitest is "^4.0.0"; expected "catalog:"',
    },
    {
      rule: "a test that imports what is not installed",
      changes: { "packages/losses/src/thing.test.ts": 'import "left-pad";\n' },
      error: "packages/losses/src/thing.test.ts:1: a test imports left-pad",
    },
    {
      rule: "a relative import out of the package",
      changes: { "packages/losses/src/extra.ts": 'import "../../augment/src/thing.js";\n' },
      error: '"../../augment/src/thing.js" leaves the package',
    },
    {
      rule: "a relative import without its extension",
      changes: { "packages/losses/src/index.ts": 'export { thing } from "./thing";\n' },
      error: 'packages/losses/src/index.ts:1: "./thing" must end in .js',
    },
    {
      rule: "a bare builtin",
      changes: { "packages/losses/src/extra.ts": 'import "fs/promises";\n' },
      error: 'write "node:fs/promises"',
    },
    {
      rule: "CommonJS",
      changes: { "packages/losses/package.json": manifest("packages/losses", { type: "commonjs" }) },
      error: 'type is "commonjs"; expected "module"',
    },
    {
      rule: "side effects",
      changes: { "packages/losses/package.json": manifest("packages/losses", { sideEffects: true }) },
      error: "sideEffects is true; expected false",
    },
    {
      rule: "an export that the build does not make",
      changes: {
        "packages/losses/package.json": manifest("packages/losses", {
          exports: {
            ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
            "./testing": { types: "./dist/testing.d.ts", default: "./dist/testing.js" },
            "./package.json": "./package.json",
          },
        }),
      },
      error: "publishes testing, which tsup.config.ts does not build",
    },
    {
      rule: "an exports map that forgets the types",
      changes: {
        "packages/losses/package.json": manifest("packages/losses", {
          exports: { ".": "./dist/index.js", "./package.json": "./package.json" },
        }),
      },
      error: 'exports["."] is "./dist/index.js"; expected {"types":"./dist/index.d.ts","default":"./dist/index.js"}',
    },
    {
      rule: "a stale build",
      changes: { "packages/losses/dist/other.js": "" },
      error: "packages/losses/dist/index.js: is published but was not built",
    },
    {
      rule: "a package without README",
      changes: { "packages/losses/README.md": undefined },
      error: "packages/losses/README.md: is missing or empty",
    },
    {
      rule: "a package that the table does not know",
      changes: {
        "packages/extra/package.json": manifest("packages/extra"),
        "packages/extra/README.md": "# Extra\n",
      },
      error: "packages/extra: is not in the table of allowed edges",
    },
    {
      rule: "export *",
      changes: { "packages/losses/src/index.ts": 'export * from "./thing.js";\n' },
      error: 'packages/losses/src/index.ts:1: only `export { name } from "./file.js"` belongs here',
    },
    {
      rule: "unseeded randomness",
      changes: {
        "packages/losses/src/extra.ts": "// Math.random is fine in a comment\nexport const x = Math.random();\n",
      },
      error: "packages/losses/src/extra.ts:2: Math.random; take an `rng` argument instead",
    },
    {
      rule: "a circle of files, types included",
      changes: {
        "packages/losses/src/one.ts": 'import type { Two } from "./deep/two.js";\nexport type One = Two;\n',
        "packages/losses/src/deep/two.ts": 'export type { One as Two } from "../one.js";\n',
      },
      error:
        "packages/losses/src/deep/two.ts: a circle of imports: src/deep/two.ts -> src/one.ts -> src/deep/two.ts; move what both need",
    },
    {
      rule: "a room with too much lying flat",
      changes: Object.fromEntries(
        Array.from({ length: 14 }, (_, index) => [`packages/losses/src/extra-${index}.ts`, "export {};\n"]),
      ),
      error: "packages/losses/src: 16 files lie flat; at most 15, put them into folders by concept",
    },
    {
      rule: "an overlong file",
      changes: { "packages/losses/src/extra.ts": "export {};\n".repeat(401) },
      error: "packages/losses/src/extra.ts: 401 lines; at most 400",
    },
  ];

  it.each(breaches)("reports $rule", ({ changes, error }) => {
    expect(check(changes).errors.join("\n")).toContain(error);
  });

  it("warns of a long file", () => {
    const { errors, warnings } = check({ "packages/losses/src/extra.ts": "export {};\n".repeat(301) });
    expect(errors).toEqual([]);
    expect(warnings).toEqual(["packages/losses/src/extra.ts: 301 lines; aim for 300"]);
  });

  it("lets the index repeat another entry that is a list of named exports", () => {
    const entry = { types: "./dist/extra.d.ts", default: "./dist/extra.js" };
    const { ".": main, "./package.json": own } = manifest("packages/scene-graph").exports;
    const changes = {
      "packages/scene-graph/package.json": manifest("packages/scene-graph", {
        exports: { ".": main, "./extra": entry, "./package.json": own },
      }),
      "packages/scene-graph/tsup.config.ts": 'export default { index: "src/index.ts", extra: "src/extra.ts" };\n',
      "packages/scene-graph/src/extra.ts": 'export { thing, type Thing } from "./thing.js";\n',
      "packages/scene-graph/src/index.ts": 'export { two } from "./two.js";\nexport * from "./extra.js";\n',
      "packages/scene-graph/src/two.ts": "export const two = 2;\n",
    };
    expect(check(changes).errors).toEqual([]);
    const { errors } = check({ ...changes, "packages/scene-graph/src/extra.ts": "export const thing = 1;\n" });
    expect(errors).toEqual([
      expect.stringContaining(
        'only `export { name } from "./file.js"` belongs here, not `export * from "./extra.js";`',
      ),
    ]);
  });

  it("lets tests import any package of the repository", () => {
    const test = 'import "@tesserae/scene-graph";\nimport "vitest";\nimport "./thing.js";\n';
    expect(check({ "packages/losses/src/thing.test.ts": test }).errors).toEqual([]);
  });
});
