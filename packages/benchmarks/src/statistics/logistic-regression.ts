import { type MinimiseOptions, minimise } from "./minimise.js";

/** A linear classifier. */
export interface LogisticRegression {
  /** The logits of the classes; of two classes the first one's is 0. */
  logits(features: ArrayLike<number>): number[];
  /** Of every class but the first of two: a weight for each feature, then the intercept. */
  readonly weights: readonly Float64Array[];
  /** Whether the fit ended before its iterations did. */
  readonly converged: boolean;
}

/**
 * Logistic regression with an L2 penalty, fitted by L-BFGS: the sum of the cross-entropies plus the squared weights over 2C, intercepts
 * free. The same objective as scikit-learn's `LogisticRegression(C, solver="lbfgs")`: softmax, and one sigmoid where there are two classes.
 *
 * @param features one row an example, of one length.
 * @param labels a class of each, below `classes`.
 * @param c inverse of the penalty's strength.
 */
export function fitLogisticRegression(
  features: readonly ArrayLike<number>[],
  labels: readonly number[],
  classes: number,
  c: number,
  options: MinimiseOptions = {},
): LogisticRegression {
  const width = features[0]!.length;
  const stride = width + 1;
  const first = classes === 2 ? 1 : 0; // two classes need one row of weights
  const rows = classes - first;
  const logits = new Float64Array(classes);
  const examples = features.length;
  const { point, converged } = minimise(
    (weights, gradient) => {
      let loss = 0;
      for (let example = 0; example < examples; example++) {
        const own = features[example]!;
        score(weights, own, logits, first);
        const label = labels[example]!;
        const total = logSumExp(logits);
        loss += total - logits[label]!;
        for (let row = 0; row < rows; row++) {
          const error = Math.exp(logits[row + first]! - total) - (row + first === label ? 1 : 0);
          const start = row * stride;
          for (let at = 0; at < width; at++) gradient[start + at]! += error * own[at]!;
          gradient[start + width]! += error;
        }
      }
      // Per example, so that the tolerance does not depend on their number.
      const penalty = 1 / (c * examples);
      let squares = 0;
      for (let at = 0; at < gradient.length; at++) {
        gradient[at]! /= examples;
        if (at % stride === width) continue;
        squares += weights[at]! ** 2;
        gradient[at]! += penalty * weights[at]!;
      }
      return loss / examples + (penalty * squares) / 2;
    },
    rows * stride,
    options,
  );
  return {
    converged,
    weights: Array.from({ length: rows }, (_, row) => point.subarray(row * stride, (row + 1) * stride)),
    logits(own) {
      const found = new Float64Array(classes);
      score(point, own, found, first);
      return [...found];
    },
  };
}

/** Writes the logits of the classes from `first` on. */
function score(weights: Float64Array, own: ArrayLike<number>, logits: Float64Array, first: number): void {
  const width = own.length;
  for (let label = first, start = 0; label < logits.length; label++, start += width + 1) {
    let sum = weights[start + width]!;
    for (let at = 0; at < width; at++) sum += weights[start + at]! * own[at]!;
    logits[label] = sum;
  }
}

function logSumExp(logits: Float64Array): number {
  const most = Math.max(...logits);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - most);
  return most + Math.log(sum);
}
