import { expect, test } from "vitest";
import { sharesRow } from "./recipes-on-photos.js";

test("the shares of the counted steps together: what is not the engine's is waiting", () => {
  const record = (seconds: number, engineSeconds: number, textSeconds: number, imageSeconds: number) => ({
    ...{ part: "train", seconds, engineSeconds, textSeconds, imageSeconds },
  });
  const records = [record(4, 9, 9, 9), record(6, 1.5, 0.05, 0.5), record(8, 2, 0.05, 0.5), record(12, 4, 0.1, 1)];
  expect(sharesRow("mosaiclip", records)).toEqual(["mosaiclip", "2000", "6.3 %", "2.5 %", "25.0 %"]);
});
