// Holds the repository's shape as code: who may import whom, what stands in every package.json, what a source file may do.
// `node scripts/check-packages.mjs` prints every breach and exits with 1 if there is one.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, posix, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceFacts } from "./source-facts.mjs";

/** Which packages a package may import. Apps and tools may import every package; nothing may import an app that is published. */
const allowedEdges = {
  "scene-graph": [],
  augment: ["scene-graph"],
  negatives: ["scene-graph"],
  data: ["scene-graph"],
  world: ["scene-graph"],
  benchmarks: [],
  losses: [],
  models: [],
  optim: [],
  "region-mapper": [],
  "tfjs-backend-ort": nativePackages(),
  ...Object.fromEntries(nativePackages().map((name) => [name, []])),
};

/** Packages in native/: binaries of ONNX Runtime for one platform each, no source. */
function nativePackages() {
  return ["darwin-arm64", "linux-arm64", "linux-x64", "win32-arm64", "win32-x64"].map((name) => `onnxruntime-${name}`);
}

/** The engine line: these install and run without TensorFlow.js. */
export const engineFree = new Set(["scene-graph", "augment", "negatives", "data", "world", "benchmarks"]);
const isEngine = (name) => name.startsWith("@tensorflow/") || name.startsWith("onnxruntime");

const maxLines = 400;
const wishedLines = 300;
/** Source files that may lie side by side in a package's src; more stand in folders by concept. */
const maxFlatFiles = 15;

/**
 * @param {string} root Repository folder.
 * @returns {{ workspaces: number, errors: string[], warnings: string[] }} One line each.
 */
export function checkRepository(root) {
  const rootManifest = readJson(join(root, "package.json"));
  const workspaces = ["packages", "apps", "tools"]
    .filter((kind) => existsSync(join(root, kind)))
    .flatMap((kind) =>
      readdirSync(join(root, kind))
        .sort()
        .filter((name) => existsSync(join(root, kind, name, "package.json")))
        .map((name) => readWorkspace(root, kind, name)),
    );
  const isPrivate = (name) => workspaces.some(({ manifest }) => manifest.name === name && manifest.private === true);
  const errors = [];
  const warnings = [];
  for (const workspace of workspaces) {
    const report = (where, message) =>
      errors.push(`${where ? `${workspace.folder}/${where}` : workspace.folder}: ${message}`);
    checkManifest(workspace, rootManifest, workspaces, isPrivate, report);
    checkEntries(workspace, report);
    checkImports(workspace, rootManifest, isPrivate, report);
    checkDependenciesUsed(workspace, workspaces, report);
    checkCircles(workspace, report);
    checkFolders(workspace, report);
    for (const file of workspace.files) {
      for (const line of file.mathRandom) report(`${file.path}:${line}`, "Math.random; take an `rng` argument instead");
      const long = `${file.lines} lines`;
      if (file.lines > maxLines && !file.isTest) report(file.path, `${long}; at most ${maxLines}, split it`);
      else if (file.lines > (file.isTest ? maxLines : wishedLines)) {
        warnings.push(`${workspace.folder}/${file.path}: ${long}; aim for ${wishedLines}`);
      }
    }
  }
  return { workspaces: workspaces.length, errors, warnings };
}

function readWorkspace(root, kind, name) {
  const folder = join(root, kind, name);
  const paths = existsSync(join(folder, "src")) ? readdirSync(join(folder, "src"), { recursive: true }) : [];
  const files = paths
    .map((path) => `src/${path.split(sep).join("/")}`)
    .filter((path) => path.endsWith(".ts"))
    .sort()
    .map((path) => ({
      path,
      isTest: path.endsWith(".test.ts") || path.includes("/fixtures/"),
      ...sourceFacts(path, readFileSync(join(folder, path), "utf8")),
    }));
  return {
    kind,
    name,
    path: folder,
    folder: `${kind}/${name}`,
    manifest: readJson(join(folder, "package.json")),
    files,
    scripts: readScripts(join(folder, "scripts")),
  };
}

/** What the scripts of a package say; they are not published, and may use its devDependencies. */
function readScripts(folder) {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(mjs|ts)$/.test(name)) : [];
  return names.map((name) => sourceFacts(name, readFileSync(join(folder, name), "utf8")));
}

function checkManifest({ folder, name, kind, path, manifest }, rootManifest, workspaces, isPrivate, report) {
  const expect = (field, actual, expected) => {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      report("package.json", `${field} is ${JSON.stringify(actual)}; expected ${JSON.stringify(expected)}`);
    }
  };
  expect("name", manifest.name, `@tesserae/${name}`);
  expect("version", manifest.version, workspaces[0].manifest.version);
  expect("license", manifest.license, "MIT");
  expect("type", manifest.type, "module");
  expect("sideEffects", manifest.sideEffects, false);
  expect("engines.node", manifest.engines?.node, rootManifest.engines.node);
  if (isPrivate(manifest.name)) {
    if (kind === "packages") report("package.json", "is private; what stands in packages/ is published");
    expect("publishConfig", manifest.publishConfig, undefined);
  } else {
    if (kind === "tools") report("package.json", 'lacks "private": true; tools are not published');
    expect("publishConfig", manifest.publishConfig, { access: "public", provenance: true });
    if (!manifest.files?.includes("dist")) report("package.json", 'files lacks "dist"');
  }
  expect("repository.directory", manifest.repository?.directory, folder);
  if (!manifest.description) report("package.json", "description is missing");
  if (kind === "packages" && !(name in allowedEdges)) {
    report("", "is not in the table of allowed edges in scripts/check-packages.mjs; add it there");
  }
  if (!existsSync(join(path, "README.md")) || readFileSync(join(path, "README.md"), "utf8").trim() === "") {
    report("README.md", "is missing or empty");
  }
  for (const field of ["dependencies", "devDependencies"]) {
    for (const [dependency, version] of Object.entries(manifest[field] ?? {})) {
      const expected = dependency.startsWith("@tesserae/") ? "workspace:^" : "catalog:";
      if (version !== expected)
        report("package.json", `${field}.${dependency} is "${version}"; expected "${expected}"`);
    }
  }
  for (const field of ["dependencies", "peerDependencies", "optionalDependencies"]) {
    for (const dependency of Object.keys(manifest[field] ?? {})) {
      const breach = forbiddenEdge({ kind, name }, dependency, isPrivate);
      if (breach) report("package.json", `${field} lists ${dependency}; ${breach}`);
      if (field === "dependencies" && kind === "packages" && dependency === "@tensorflow/tfjs-core") {
        report("package.json", "@tensorflow/tfjs-core must be a peer dependency: a process needs exactly one copy");
      }
    }
  }
}

/** The exports map, the entries of tsup.config.ts and the source files name the same things. */
function checkEntries({ path, manifest, files }, report) {
  const config = join(path, "tsup.config.ts");
  if (!existsSync(config)) return report("tsup.config.ts", "is missing");
  const entries = new Map(
    [...readFileSync(config, "utf8").matchAll(/"?([\w/-]+)"?:\s*"(src\/[^"]+)"/g)].map(([, entry, source]) => [
      entry,
      source,
    ]),
  );
  for (const [entry, source] of entries) {
    if (!files.some((file) => file.path === source))
      report("tsup.config.ts", `entry ${entry}: ${source} does not exist`);
  }
  const { "./package.json": own, ...exported } = manifest.exports ?? {};
  if (manifest.exports === undefined && manifest.private !== true) report("package.json", "exports is missing");
  if (manifest.exports !== undefined && own !== "./package.json")
    report("package.json", 'exports lacks "./package.json": "./package.json"');
  const bins = Object.values(manifest.bin ?? {});
  const published = new Set(bins.map((target) => target.replace(/^\.\/dist\/|\.js$/g, "")));
  for (const [subpath, target] of Object.entries(exported)) {
    const entry = subpath === "." ? "index" : subpath.slice(2);
    const expected = { types: `./dist/${entry}.d.ts`, default: `./dist/${entry}.js` };
    if (JSON.stringify(target) !== JSON.stringify(expected)) {
      report(
        "package.json",
        `exports["${subpath}"] is ${JSON.stringify(target)}; expected ${JSON.stringify(expected)}`,
      );
    }
    published.add(entry);
  }
  for (const entry of published) {
    if (!entries.has(entry)) report("package.json", `publishes ${entry}, which tsup.config.ts does not build`);
    if (existsSync(join(path, "dist")) && !existsSync(join(path, "dist", `${entry}.js`))) {
      report(`dist/${entry}.js`, "is published but was not built; run the build again");
    }
  }
  for (const entry of entries.keys()) {
    // A worker is started by its file name, so it is built and published without a public path.
    if (!published.has(entry) && !entry.endsWith("-worker")) {
      report("tsup.config.ts", `builds ${entry}, which package.json does not publish`);
    }
  }
  const index = files.find((file) => file.path === "src/index.ts");
  if (index === undefined && manifest.private === true && manifest.exports === undefined) return; // a program alone
  if (index === undefined) return report("src/index.ts", "is missing");
  if (index.reExports === 0) report("src/index.ts", "exports nothing");
  for (const { line, text } of index.nonReExports) {
    const entry = /^export \* from "\.\/([\w-]+)\.js";$/.exec(text)?.[1];
    if (entry !== undefined && published.has(entry) && isList(files, entries.get(entry))) continue;
    report(`src/index.ts:${line}`, `only \`export { name } from "./file.js"\` belongs here, not \`${text}\``);
  }
}

/** Whether an entry is a list of named exports itself, so that the index may repeat all of it. */
function isList(files, source) {
  const file = files.find(({ path }) => path === source);
  return file !== undefined && file.reExports > 0 && file.nonReExports.length === 0;
}

function checkImports(workspace, rootManifest, isPrivate, report) {
  const { manifest, files, path } = workspace;
  const declared = (...fields) => new Set(fields.flatMap((field) => Object.keys(manifest[field] ?? {})));
  const atRuntime = declared("dependencies", "peerDependencies", "optionalDependencies");
  const atDevelopment = new Set([...declared("devDependencies"), ...Object.keys(rootManifest.devDependencies ?? {})]);
  for (const file of files) {
    for (const { specifier, line, typeOnly } of file.imports) {
      const where = `${file.path}:${line}`;
      if (specifier.startsWith(".")) {
        const target = resolve(dirname(join(path, file.path)), specifier);
        if (relative(path, target).startsWith(".."))
          report(where, `"${specifier}" leaves the package; import it by its name`);
        else if (!/\.(js|json)$/.test(specifier)) report(where, `"${specifier}" must end in .js`);
        continue;
      }
      if (isBuiltin(specifier)) {
        if (!specifier.startsWith("node:")) report(where, `write "node:${specifier}"`);
        continue;
      }
      const name = packageName(specifier);
      if (file.isTest) {
        if (!name.startsWith("@tesserae/") && !atRuntime.has(name) && !atDevelopment.has(name)) {
          report(where, `a test imports ${name}, which no package.json in reach declares`);
        }
        continue;
      }
      if (name === manifest.name) {
        report(where, "imports its own package by name; use the file");
        continue;
      }
      const breach = forbiddenEdge(workspace, name, isPrivate);
      if (breach) report(where, `imports ${name}; ${breach}`);
      else if (!atRuntime.has(name) && !((typeOnly || isPrivate(name)) && atDevelopment.has(name))) {
        report(where, `imports ${name}, which package.json does not declare`);
      }
    }
  }
}

/**
 * No file may come back to itself by what it imports, types included. Each circle is reported once. What `import()` loads
 * while the program runs does not count.
 */
function checkCircles({ files }, report) {
  const imports = new Map(
    files.map(({ path, imports }) => [
      path,
      imports
        .filter(({ specifier, dynamic }) => specifier.startsWith(".") && !dynamic)
        .map(({ specifier }) => posix.join(posix.dirname(path), specifier).replace(/\.js$/, ".ts")),
    ]),
  );
  const done = new Set();
  const visit = (path, trail) => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      const circle = [...trail.slice(start), path].join(" -> ");
      report(path, `a circle of imports: ${circle}; move what both need into a file of its own`);
      return;
    }
    if (done.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
}

function checkFolders({ files }, report) {
  const flat = files.filter(({ path, isTest }) => !isTest && /^src\/[^/]+$/.test(path)).length;
  if (flat > maxFlatFiles)
    report("src", `${flat} files lie flat; at most ${maxFlatFiles}, put them into folders by concept`);
}

function checkDependenciesUsed({ manifest, files, scripts }, workspaces, report) {
  const mentions = (list) => new Set(list.flatMap((file) => [...file.strings].map(packageName)));
  // A private package is bundled into those that use it, with what it imports.
  const bundled = workspaces.filter(({ manifest: other }) => other.private && manifest.devDependencies?.[other.name]);
  const inSource = mentions([files, ...bundled.map((other) => other.files)].flat().filter((file) => !file.isTest));
  const anywhere = mentions([...files, ...scripts]);
  // An application provides what its packages ask for as peers.
  const peersOfOwn = new Set(
    workspaces
      .filter((other) => manifest.dependencies?.[other.manifest.name] !== undefined)
      .flatMap((other) => Object.keys(other.manifest.peerDependencies ?? {})),
  );
  for (const field of ["dependencies", "peerDependencies", "devDependencies"]) {
    const used = field === "devDependencies" ? anywhere : inSource;
    for (const name of Object.keys(manifest[field] ?? {})) {
      if (!used.has(name) && !peersOfOwn.has(name) && !(field === "devDependencies" && isTool(name))) {
        report(
          "package.json",
          `${field} lists ${name}, which no ${field === "devDependencies" ? "file" : "source file"} uses`,
        );
      }
    }
  }
}

/** Used by the compiler or the build, not by an import. */
function isTool(name) {
  return name.startsWith("@types/") || name.endsWith("-types");
}

/** Why `name` must not be reached from this workspace, or undefined. */
function forbiddenEdge({ kind, name: from }, name, isPrivate) {
  if (kind === "packages" && engineFree.has(from) && isEngine(name)) {
    return `packages/${from} is engine-free: it installs and runs without TensorFlow.js`;
  }
  if (!name.startsWith("@tesserae/")) return undefined;
  // What is private is bundled into the apps and tools that use it.
  if (kind !== "packages" && isPrivate(name)) return undefined;
  const target = name.slice("@tesserae/".length);
  if (!(target in allowedEdges)) return "only packages may be imported, apps may not";
  if (kind !== "packages") return undefined;
  const allowed = allowedEdges[from] ?? [];
  if (allowed.includes(target)) return undefined;
  const list = allowed.map((other) => `@tesserae/${other}`).join(", ");
  return `packages/${from} may import ${list === "" ? "no other package of the repository" : `only ${list}`}`;
}

/** "@scope/name/sub" to "@scope/name", "name/sub" to "name". */
function packageName(specifier) {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { workspaces, errors, warnings } = checkRepository(fileURLToPath(new URL("..", import.meta.url)));
  for (const line of warnings) console.log(`warning  ${line}`);
  for (const line of errors) console.log(`error    ${line}`);
  console.log(`${workspaces} workspaces checked: ${errors.length} errors, ${warnings.length} warnings`);
  process.exitCode = errors.length === 0 ? 0 : 1;
}
