/**
 * Runs tfjs-core's own tests against the ort backend, from source, and reports what passed, what failed and what was left out and why.
 *
 *   pnpm core-tests [--backend ort|cpu] [--grep <part of a test's name>]
 *
 * Exits with 1 unless every test passes that tfjs-core declares in Node and has not disabled.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const { values: options } = parseArgs({
  options: { backend: { type: "string", default: "ort" }, grep: { type: "string", default: "" } },
});
if (!["ort", "cpu"].includes(options.backend)) {
  console.error(`There is no backend "${options.backend}" to test. The backends are ort and cpu.`);
  process.exit(1);
}
process.env.CORE_TESTS_BACKEND = options.backend;

const results = await runTests(await bundleTests());
report(results, browserGroups());

/** Bundles tfjs-core's tests, which Node cannot import as they are published, with the backend; returns the path of the bundle. */
async function bundleTests() {
  const bundle = fileURLToPath(new URL("../node_modules/.cache/core-tests.cjs", import.meta.url));
  await build({
    stdin: {
      contents: 'import "./core-tests-entry.ts"; import "@tensorflow/tfjs-core/dist/tests.js";',
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["onnxruntime-*", "@tensorflow/tfjs-backend-wasm"],
    define: { "import.meta.url": "__filename" },
    // tfjs-core says that its tests have no side effects.
    ignoreAnnotations: true,
    logLevel: "error",
  });
  return bundle;
}

/** Runs the bundle under jasmine, which tfjs-core's tests are written for. */
async function runTests(bundle) {
  const jasmineRequire = require("jasmine-core");
  const environment = jasmineRequire.boot(jasmineRequire).getEnv();
  const nameOf = (fullName) => fullName.replace(` ${options.backend} {}`, "");
  const finished = [];
  environment.configure({
    random: false,
    specFilter: (spec) => nameOf(spec.getFullName()).includes(options.grep),
  });
  environment.addReporter({
    specDone({ fullName, status, failedExpectations }) {
      finished.push({ name: nameOf(fullName), status, messages: failedExpectations.map(({ message }) => message) });
    },
  });
  require(bundle);
  await environment.execute();
  return finished;
}

/** Names of the groups of tests that tfjs-core declares in browsers only. */
function browserGroups() {
  const folder = dirname(require.resolve("@tensorflow/tfjs-core/dist/tests.js"));
  const declaration = /describeWithFlags\((['"`])(.*?)\1, (?:BROWSER|CHROME)_ENVS/g;
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith("_test.js"))
    .flatMap((file) => [...readFileSync(join(folder, file), "utf8").matchAll(declaration)].map(([, , name]) => name))
    .sort();
}

function report(finished, browserOnly) {
  const withStatus = (status) => finished.filter((result) => result.status === status);
  const [passed, failed, disabled] = ["passed", "failed", "pending"].map(withStatus);
  for (const { name, messages } of failed) console.log(`failed: ${name}\n  ${messages.join("\n").slice(0, 600)}`);
  for (const { name } of disabled) console.log(`excluded: ${name} (tfjs-core has disabled it itself)`);
  console.log(`not declared in Node by tfjs-core, which needs a browser for them: ${browserOnly.join(", ")}`);
  const percent = ((100 * passed.length) / (passed.length + failed.length)).toFixed(2);
  console.log(
    `tfjs-core's tests on ${options.backend}: ${passed.length} passed, ${failed.length} failed, ${disabled.length} excluded: ${percent} % pass`,
  );
  process.exitCode = failed.length > 0 || passed.length === 0 ? 1 : 0;
}
