import { expect, test } from "vitest";
import { startStepProcess } from "./step-process.js";

/** A program that answers every line with the number of lines so far. */
const counter = `
  let lines = -1;
  require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
    lines++;
    console.log(JSON.stringify(lines === 0 ? { version: JSON.parse(line).greeting } : { lines }));
  });`;

test("asks for one step at a time", async () => {
  const process_ = await startStepProcess<{ lines: number }>(process.execPath, ["-e", counter], { greeting: "hello" });
  expect(process_.version).toBe("hello");
  expect(await process_.step()).toEqual({ lines: 1 });
  expect(await process_.step()).toEqual({ lines: 2 });
  process_.stop();
});

test("says why a process cannot be used", async () => {
  const broken = startStepProcess(
    process.execPath,
    ["-e", "process.stderr.write('no engine here'); process.exit(1)"],
    {},
  );
  await expect(broken).rejects.toThrow("no engine here");
  await expect(startStepProcess("/no/such/python", [], {})).rejects.toThrow(/ENOENT/);
});
