import { maskByPattern } from "@tesserae/optim";
import { expect, it } from "vitest";

it("takes the first pattern that finds the name", () => {
  const factor = maskByPattern([
    [/^text_model\./, 0.1],
    [/bias$/, 0],
    [/./, 1],
  ]);
  expect(["text_model.a.bias", "vision_model.a.bias", "vision_model.a.weight"].map(factor)).toEqual([0.1, 0, 1]);
});

it("names the parameter that no pattern finds", () => {
  expect(() => maskByPattern([[/bias$/, false]])("logit_scale")).toThrow(
    'maskByPattern: no pattern finds the parameter "logit_scale" (given: /bias$/); end the list with [/./, value].',
  );
});
