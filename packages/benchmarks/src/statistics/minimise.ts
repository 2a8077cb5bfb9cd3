/** A smooth function: writes its gradient at `point` into `gradient` and returns its value. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface MinimiseOptions {
  /** Default 1000. */
  readonly maxIterations?: number;
  /** Stops when no number of the gradient is larger. Default 1e-4. */
  readonly tolerance?: number;
  /** Steps that are remembered. Default 10. */
  readonly memory?: number;
}

/**
 * The minimum of a convex function by L-BFGS (Liu and Nocedal 1989) with a backtracking line search; starts at zero.
 *
 * @returns the point, and whether it converged within `maxIterations`.
 */
export function minimise(
  objective: Objective,
  size: number,
  { maxIterations = 1000, tolerance = 1e-4, memory = 10 }: MinimiseOptions = {},
): { readonly point: Float64Array; readonly converged: boolean } {
  let point = new Float64Array(size);
  let gradient = new Float64Array(size);
  let value = objective(point, gradient);
  const steps: Step[] = [];
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (largest(gradient) <= tolerance) return { point, converged: true };
    const direction = descent(gradient, steps);
    const slope = dot(direction, gradient);
    let rate = steps.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    let next = point;
    let nextGradient = gradient;
    let nextValue = value;
    for (let tries = 0; tries < 40; tries++, rate /= 2) {
      next = point.map((number, at) => number + rate * direction[at]!);
      nextGradient = new Float64Array(size);
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * rate * slope) break;
    }
    if (!(nextValue < value)) return { point, converged: false }; // as low as the numbers can tell
    remember(steps, memory, subtract(next, point), subtract(nextGradient, gradient));
    [point, gradient, value] = [next, nextGradient, nextValue];
  }
  return { point, converged: largest(gradient) <= tolerance };
}

interface Step {
  readonly move: Float64Array;
  readonly bend: Float64Array;
  readonly curvature: number;
}

function remember(steps: Step[], memory: number, move: Float64Array, bend: Float64Array): void {
  const curvature = dot(move, bend);
  if (curvature <= 1e-14 * dot(bend, bend)) return;
  steps.push({ move, bend, curvature });
  if (steps.length > memory) steps.shift();
}

/** Against the gradient, as the remembered steps bend it: the two-loop recursion. */
function descent(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((number) => -number);
  const shares: number[] = [];
  for (const { move, bend, curvature } of steps.toReversed()) {
    const share = dot(move, direction) / curvature;
    shares.push(share);
    add(direction, bend, -share);
  }
  const last = steps.at(-1);
  if (last) {
    const scale = last.curvature / dot(last.bend, last.bend);
    direction.forEach((number, at) => {
      direction[at] = number * scale;
    });
  }
  for (const { move, bend, curvature } of steps) {
    add(direction, move, shares.pop()! - dot(bend, direction) / curvature);
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

function add(target: Float64Array, other: Float64Array, factor: number): void {
  for (let at = 0; at < target.length; at++) target[at]! += factor * other[at]!;
}

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((number, at) => number - b[at]!);
}

function largest(gradient: Float64Array): number {
  return gradient.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
}
