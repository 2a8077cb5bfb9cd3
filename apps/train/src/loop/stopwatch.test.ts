import { expect, it } from "vitest";
import { createStopwatch } from "./stopwatch.js";

it("adds up each part since the last lap", async () => {
  let now = 0;
  const stopwatch = createStopwatch(() => now);
  const spend = (part: "image" | "text", milliseconds: number) =>
    stopwatch.time(part, async () => {
      now += milliseconds;
    });
  await spend("image", 250);
  await spend("text", 1500);
  await spend("image", 500);
  expect(stopwatch.lap()).toEqual({ imageSeconds: 0.75, textSeconds: 1.5 });
  await spend("text", 1000);
  expect(stopwatch.lap()).toEqual({ imageSeconds: 0, textSeconds: 1 });
});
