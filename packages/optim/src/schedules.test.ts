import { constantSchedule, cosineSchedule } from "@tesserae/optim";
import { expect, it } from "vitest";

const rounded = (schedule: (step: number) => number, steps: readonly number[]) =>
  steps.map((step) => Number(schedule(step).toFixed(6)));

it("cosineSchedule warms up linearly, then decays by a half cosine to zero", () => {
  const schedule = cosineSchedule({ learningRate: 0.1, warmup: 4, steps: 12 });
  expect(rounded(schedule, [0, 1, 3, 4, 8, 11])).toEqual([0.025, 0.05, 0.1, 0.1, 0.05, 0.003806]);
  expect(rounded(cosineSchedule({ learningRate: 0.1, steps: 2 }), [0, 1])).toEqual([0.1, 0.05]);
});

it("constantSchedule warms up linearly, then stays", () => {
  expect(rounded(constantSchedule({ learningRate: 0.1, warmup: 2 }), [0, 1, 2, 1000])).toEqual([0.05, 0.1, 0.1, 0.1]);
  expect(rounded(constantSchedule({ learningRate: 0.3 }), [0, 5])).toEqual([0.3, 0.3]);
});
