import { fitLogisticRegression } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";
import fixture from "./fixtures/logistic-regression.json" with { type: "json" };

/** Expected: scikit-learn (tools/oracles/logistic_regression.py). */
describe("fitLogisticRegression", () => {
  const cases = Object.entries(fixture).flatMap(([name, { fits, ...data }]) =>
    fits.map((fit) => [`${name} classes, C = ${fit.c}`, data, fit] as const),
  );
  it.each(cases)("gives scikit-learn's weights for %s", (_, { features, labels, classes }, expected) => {
    const fitted = fitLogisticRegression(features, labels, classes, expected.c, {
      tolerance: 1e-7,
      maxIterations: 5000,
    });
    expect(fitted.converged).toBe(true);
    expect(fitted.weights).toHaveLength(expected.weights.length);
    fitted.weights.forEach((weights, row) => {
      expected.weights[row]!.forEach((weight, at) => {
        expect(weights[at]).toBeCloseTo(weight, 3);
      });
      // Softmax does not say where its intercepts are: only their differences are compared.
      const shift = expected.intercepts.length > 1 ? expected.intercepts[0]! - fitted.weights[0]!.at(-1)! : 0;
      expect(weights.at(-1)! + shift).toBeCloseTo(expected.intercepts[row]!, 3);
    });
    const right = features.filter((own, at) => {
      const logits = fitted.logits(own);
      return logits.indexOf(Math.max(...logits)) === labels[at];
    });
    expect(right).toHaveLength(expected.right);
  });

  it("ends at the default tolerance with the same answers", () => {
    const { features, labels, classes } = fixture.three;
    const loose = fitLogisticRegression(features, labels, classes, 1);
    const tight = fitLogisticRegression(features, labels, classes, 1, { tolerance: 1e-7, maxIterations: 5000 });
    expect(loose.converged).toBe(true);
    expect(loose.logits(features[0]!)[0]).toBeCloseTo(tight.logits(features[0]!)[0]!, 2);
  });
});
