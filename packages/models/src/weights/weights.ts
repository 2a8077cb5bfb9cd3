import type * as tf from "@tensorflow/tfjs-core";
import type { ParameterSpec } from "../layers/parameter-spec.js";
import { ModelError } from "../model-error.js";
import { normalFrom, type Rng } from "../rng.js";

/** The numbers of one variable, row-major. */
export interface WeightArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** All numbers of a model by variable name, outside any tensor backend. */
export type Weights = ReadonlyMap<string, WeightArray>;

/** The starting weights of a model: the same `rng` stream gives the same numbers. */
export function initialWeights(parameters: readonly ParameterSpec[], rng: Rng): Weights {
  const normal = normalFrom(rng);
  const weights = new Map<string, WeightArray>();
  for (const { name, shape, init } of parameters) {
    const data = new Float32Array(sizeOf(shape));
    if ("constant" in init) data.fill(init.constant);
    else for (let i = 0; i < data.length; i++) data[i] = normal() * init.std;
    weights.set(name, { shape, data });
  }
  return weights;
}

/** Copies a model's numbers out of its variables. */
export async function readWeights({
  variables,
}: {
  readonly variables: ReadonlyMap<string, tf.Variable>;
}): Promise<Weights> {
  const weights = new Map<string, WeightArray>();
  for (const [name, variable] of variables) {
    weights.set(name, { shape: variable.shape, data: Float32Array.from(await variable.data<"float32">()) });
  }
  return weights;
}

/**
 * Weighted average of two models in weight space, (1 - alpha)·A + alpha·B (WiSE-FT, Wortsman et al., CVPR 2022; MosaiCLIP uses it
 * on the vision encoder only: pass `select: inTower("image")`).
 *
 * @param alpha 0 gives A, 1 gives B.
 * @param options.select which variables are averaged; the others are taken from B. Default: all.
 * @throws ModelError when names or shapes of the two differ.
 */
export function interpolate(
  weightsA: Weights,
  weightsB: Weights,
  alpha: number,
  { select = () => true }: { readonly select?: (name: string) => boolean } = {},
): Weights {
  const missing = [
    ...[...weightsA.keys()].filter((name) => !weightsB.has(name)),
    ...[...weightsB.keys()].filter((name) => !weightsA.has(name)),
  ];
  if (missing.length > 0) {
    throw new ModelError(`interpolate: only one of the two models has ${missing.slice(0, 5).join(", ")}.`);
  }
  const result = new Map<string, WeightArray>();
  for (const [name, a] of weightsA) {
    const b = weightsB.get(name)!;
    if (a.shape.join() !== b.shape.join()) {
      throw new ModelError(`interpolate: ${name} is [${a.shape}] in the first model and [${b.shape}] in the second.`);
    }
    const data = select(name) ? a.data.map((value, i) => (1 - alpha) * value + alpha * b.data[i]!) : b.data.slice();
    result.set(name, { shape: a.shape, data });
  }
  return result;
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
