import { expect, it } from "vitest";
import { createStopwatch } from "./stopwatch.js";

it("adds up each part since the last lap", async () => {
  let clock = 0;
  const stopwatch = createStopwatch(() => clock);
  const spend = (part: "image" | "text" | "engine", milliseconds: number) =>
    stopwatch.time(part, async () => {
      clock += milliseconds;
      return milliseconds;
    });
  expect(await spend("image", 250)).toBe(250);
  await spend("engine", 1500);
  clock += 9000;
  await spend("image", 500);
  expect(stopwatch.lap()).toEqual({ imageSeconds: 0.75, textSeconds: 0, engineSeconds: 1.5 });
  await spend("text", 1000);
  expect(stopwatch.lap()).toEqual({ imageSeconds: 0, textSeconds: 1, engineSeconds: 0 });
});
