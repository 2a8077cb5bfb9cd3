import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clearResults, readOutcome, summaryLine, testedWorkspaces, total } from "./test-results.mjs";

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tesserae-results-"));
  mkdirSync(join(root, "packages", "a"), { recursive: true });
  mkdirSync(join(root, "apps"));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (report) => writeFileSync(join(root, "packages/a/test-results.json"), JSON.stringify(report));
const report = (fields) => ({
  success: true,
  numTotalTests: 5,
  numPassedTests: 5,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...fields,
});

describe("readOutcome", () => {
  it("counts passed, skipped and to-do tests", () => {
    write(report({ numTotalTests: 8, numPendingTests: 2, numTodoTests: 1 }));
    expect(readOutcome(root, "packages/a")).toEqual({
      name: "packages/a",
      passed: 5,
      failed: 0,
      skipped: 3,
      failures: [],
    });
  });

  it("names each failed test with the first line of its error", () => {
    const assertionResults = [
      { status: "passed", fullName: "adds", failureMessages: [] },
      { status: "failed", fullName: "divides", failureMessages: ["expected 1 to be 2\n    at x.test.ts:3"] },
    ];
    const testResults = [
      { name: join(root, "packages/a/src/x.test.ts"), status: "failed", message: "", assertionResults },
    ];
    write(report({ success: false, numPassedTests: 1, testResults }));
    const { passed, failed, failures } = readOutcome(root, "packages/a");
    expect([passed, failed]).toEqual([1, 1]);
    expect(failures).toEqual(["src/x.test.ts: divides: expected 1 to be 2"]);
  });

  it("counts a file that does not load as one failure", () => {
    const file = {
      name: "/r/packages/a/src/y.test.ts",
      status: "failed",
      message: "Cannot find z\n",
      assertionResults: [],
    };
    write(report({ success: false, numTotalTests: 0, numPassedTests: 0, testResults: [file] }));
    expect(readOutcome(root, "packages/a").failures).toEqual(["src/y.test.ts failed as a whole: Cannot find z"]);
  });

  it("counts missing, unreadable, empty and erroneous results as failures", () => {
    expect(readOutcome(root, "packages/a").failures[0]).toContain("left no test results");
    writeFileSync(join(root, "packages/a/test-results.json"), "{");
    expect(readOutcome(root, "packages/a").failures[0]).toContain("is not readable");
    write(report({ numTotalTests: 0, numPassedTests: 0 }));
    expect(readOutcome(root, "packages/a").failures[0]).toContain("has no tests");
    write(report({ success: false }));
    expect(readOutcome(root, "packages/a")).toMatchObject({ passed: 5, failed: 1 });
  });
});

it("finds the workspaces that have tests and clears their old results", () => {
  writeFileSync(join(root, "packages/a/package.json"), JSON.stringify({ scripts: { test: "vitest run" } }));
  mkdirSync(join(root, "apps/b"));
  writeFileSync(join(root, "apps/b/package.json"), JSON.stringify({ scripts: {} }));
  expect(testedWorkspaces(root)).toEqual(["packages/a"]);
  write(report({}));
  clearResults(root, ["packages/a"]);
  expect(readOutcome(root, "packages/a").failed).toBe(1);
});

it("ends with one line that names skipped tests only where there are any", () => {
  const outcomes = [
    { passed: 3, failed: 0, skipped: 0 },
    { passed: 4, failed: 1, skipped: 2 },
  ];
  expect(total(outcomes)).toEqual({ passed: 7, failed: 1, skipped: 2 });
  expect(summaryLine(total(outcomes))).toBe("7 passed, 1 failed, 2 skipped");
  expect(summaryLine(outcomes[0])).toBe("3 passed, 0 failed");
});
