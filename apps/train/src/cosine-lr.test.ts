import { cosineLr } from "@tesserae/train";
import { expect, it } from "vitest";

it("warms up linearly, then decays by a half cosine to zero", () => {
  const options = { lr: 0.1, warmup: 4, steps: 12 };
  const rates = [0, 1, 3, 4, 8, 11].map((step) => Number(cosineLr(step, options).toFixed(6)));
  expect(rates).toEqual([0.025, 0.05, 0.1, 0.1, 0.05, 0.003806]);
});
