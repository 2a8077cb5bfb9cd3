import { expect, test } from "vitest";
import { stepRow } from "./train.js";

test("a method's row: median step, rates, and shares of the counted steps together", () => {
  const record = (seconds: number, engineSeconds: number, textSeconds: number, imageSeconds: number) => ({
    ...{ seconds, engineSeconds, textSeconds, imageSeconds },
  });
  const records = [
    record(10, 9, 9, 9), // only its end counts
    record(10.5, 0.25, 0.125, 0.0625),
    record(10.75, 0.125, 0.0625, 0.0625),
    record(11.25, 0.25, 0.0625, 0.125),
  ];
  expect(stepRow("clip", records, 64)).toEqual(["clip", "500", "2.0", "128.0", "50.0 %", "20.0 %", "20.0 %"]);
});
