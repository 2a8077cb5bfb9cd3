// npm test: installs, builds, runs every test of the repository and ends with "N passed, N failed".
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { bootstrap, fail, root } from "./bootstrap.mjs";
import { isStopping, run } from "./run.mjs";
import { clearResults, readOutcome, summaryLine, testedWorkspaces, total } from "./test-results.mjs";
import { turbo } from "./turbo.mjs";

const { env } = await bootstrap().catch(fail);
const folders = [...testedWorkspaces(root), "scripts"];
clearResults(root, folders);

const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const options = ["--output-logs=errors-only", `--concurrency=${availableParallelism()}`];
const build = await turbo(["build", "--continue=dependencies-successful", ...options], env);
const tests = await turbo(["test", "--only", "--continue=always", ...options], env);
const scripts = await run(process.execPath, [vitest, "run", "--root", "scripts"], { cwd: root, env, capture: true });
if (scripts.code !== 0) console.log(scripts.output);
if (isStopping()) process.exit();

const outcomes = folders.map((folder) => readOutcome(root, folder));
const broken = (name, why) => outcomes.push({ name, passed: 0, failed: 1, skipped: 0, failures: [why] });
if (build.code !== 0) broken("build", "the build of a package failed, see above");
if (tests.code !== 0 && total(outcomes).failed === 0) broken("tests", "turbo failed although no test did, see above");

console.log("");
for (const outcome of outcomes) {
  console.log(`${outcome.name.padEnd(26)} ${summaryLine(outcome)}`);
  for (const failure of outcome.failures) console.log(`  failed: ${failure}`);
}
console.log(summaryLine(total(outcomes)));
process.exitCode = total(outcomes).failed === 0 ? 0 : 1;
