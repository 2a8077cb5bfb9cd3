import { curriculum, mosaiclipStages } from "@tesserae/augment";
import { expect, it } from "vitest";

it("gives the stage of a progress", () => {
  const stageAt = curriculum(mosaiclipStages);
  expect(
    [0, 0.49, 0.5, 0.99, 1, 1.2].map((progress) => [stageAt(progress).positives, stageAt(progress).negatives]),
  ).toEqual([
    [1, 1],
    [1, 1],
    [3, 6],
    [3, 6],
    [3, 6],
    [3, 6],
  ]);
});

it("keeps what else a stage holds", () => {
  expect(curriculum([{ until: 1, name: "only" }])(0.3).name).toBe("only");
});

it.each([[[]], [[0.5]], [[0.5, 0.5, 1]], [[0, 1]], [[0.5, 2]]])("refuses stages that end at %j", (ends) => {
  expect(() => curriculum(ends.map((until) => ({ until })))).toThrow('"until" must rise from above 0 to 1');
});
