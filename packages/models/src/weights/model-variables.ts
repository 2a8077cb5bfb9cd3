import * as tf from "@tensorflow/tfjs-core";
import type { ParameterSpec } from "../layers/parameter-spec.js";
import { ModelError } from "../model-error.js";
import { sizeOf, type Weights } from "./weights.js";

/**
 * A model's variables with the given numbers.
 *
 * @throws ModelError listing unknown, missing and misshaped tensors.
 */
export function createVariables(
  parameters: readonly ParameterSpec[],
  weights: Weights,
): ReadonlyMap<string, tf.Variable> {
  checkWeights(parameters, weights);
  const variables = new Map<string, tf.Variable>();
  for (const { name, shape, frozen = false } of parameters) {
    variables.set(
      name,
      tf.tidy(() => tf.variable(tf.tensor(weights.get(name)!.data, [...shape]), !frozen)),
    );
  }
  return variables;
}

function checkWeights(parameters: readonly ParameterSpec[], weights: Weights): void {
  const expected = new Map(parameters.map(({ name, shape }) => [name, shape.join("x") || "scalar"]));
  const problems = [
    ...[...expected.keys()].filter((name) => !weights.has(name)).map((name) => `${name} is missing`),
    ...[...weights.keys()].filter((name) => !expected.has(name)).map((name) => `${name} is unknown`),
    ...[...weights].flatMap(([name, { shape, data }]) => {
      const wanted = expected.get(name);
      if (wanted === undefined) return [];
      const found = shape.join("x") || "scalar";
      if (wanted !== found) return [`${name} is ${found}, expected ${wanted}`];
      return data.length === sizeOf(shape) ? [] : [`${name} is ${found}, but has ${data.length} numbers`];
    }),
  ];
  if (problems.length === 0) return;
  const more = problems.length > 8 ? `; and ${problems.length - 8} more` : "";
  throw new ModelError(`The weights do not fit the configuration: ${problems.slice(0, 8).join("; ")}${more}.`);
}
