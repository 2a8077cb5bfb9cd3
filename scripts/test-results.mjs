// Adds up the test-results.json files that vitest writes (its JSON reporter, see tooling/vitest-preset.ts).
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ name: string, passed: number, failed: number, skipped: number, failures: string[] }} Outcome */

/**
 * Every workspace that has a test script, as folders relative to the repository.
 *
 * @param {string} root
 */
export function testedWorkspaces(root) {
  const folders = ["packages", "apps", "tools"]
    .filter((kind) => existsSync(join(root, kind)))
    .flatMap((kind) =>
      readdirSync(join(root, kind))
        .sort()
        .map((name) => `${kind}/${name}`),
    );
  return [...folders, "docs"].filter((folder) => {
    const manifest = join(root, folder, "package.json");
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).scripts?.test !== undefined;
  });
}

/** Removes earlier results, so that only what runs now is counted. */
export function clearResults(root, folders) {
  for (const folder of folders) rmSync(join(root, folder, "test-results.json"), { force: true });
}

/**
 * @param {string} root
 * @param {string} folder Where vitest ran.
 * @returns {Outcome} A folder without results, without tests, or with a file that did not load, counts as failed.
 */
export function readOutcome(root, folder) {
  const path = join(root, folder, "test-results.json");
  const broken = (why) => ({ name: folder, passed: 0, failed: 1, skipped: 0, failures: [why] });
  if (!existsSync(path)) return broken("left no test results: its build or its test run failed, see above");
  let report;
  try {
    report = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    return broken(`${path} is not readable: ${error.message}`);
  }
  const failures = report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === "failed");
    const where = file.name.slice(file.name.indexOf(folder) + folder.length + 1);
    if (file.status === "failed" && failed.length === 0)
      return [`${where} failed as a whole: ${firstLine(file.message)}`];
    return failed.map(({ fullName, failureMessages }) => `${where}: ${fullName}: ${firstLine(failureMessages[0])}`);
  });
  const skipped = report.numPendingTests + report.numTodoTests;
  if (report.numTotalTests === 0 && failures.length === 0) return broken("has no tests");
  if (!report.success && failures.length === 0) failures.push("vitest reports an error outside the tests, see above");
  return { name: folder, passed: report.numPassedTests, failed: failures.length, skipped, failures };
}

/** The last line of a test run: "N passed, N failed" and, when there are any, ", N skipped". */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** @param {readonly Outcome[]} outcomes */
export function total(outcomes) {
  const sum = (key) => outcomes.reduce((all, outcome) => all + outcome[key], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

function firstLine(text = "") {
  return text.trim().split("\n")[0];
}
