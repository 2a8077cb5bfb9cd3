import * as tf from "@tensorflow/tfjs-core";

const beta1 = 0.9;
const beta2 = 0.98;
const epsilon = 1e-6;
const decay = 0.1;

/** Elements from which on a variable is updated by itself; smaller ones are laid end to end and updated together. */
const large = 65_536;

/** Applies the gradients, by the names of the variables, and returns nothing; like `torch.optim.AdamW` at a fixed rate. */
export type AdamW = (gradients: Readonly<Record<string, tf.Tensor>>) => void;

/** AdamW for a measurement: few operations for many small variables, no copies of large ones. Matrices decay, vectors do not. */
export function createAdamW(variables: readonly tf.Variable[], rate: number): AdamW {
  const isLarge = ({ size }: tf.Variable) => size >= large;
  const small = variables.filter((variable) => !isLarge(variable));
  const groups = [
    ...variables.filter(isLarge).map((variable) => [variable]),
    small.filter(({ rank }) => rank >= 2),
    small.filter(({ rank }) => rank < 2),
  ].filter((group) => group.length > 0);
  const updates = groups.map((group) => createUpdate(group, rate));
  let step = 0;
  return (gradients) => {
    step++;
    for (const update of updates) update(gradients, step);
  };
}

function createUpdate(group: readonly tf.Variable[], rate: number) {
  const [only] = group;
  const alone = group.length === 1 ? only : undefined;
  const shape = alone?.shape ?? [group.reduce((sum, { size }) => sum + size, 0)];
  const flatten = (tensors: readonly tf.Tensor[]) =>
    alone ? tensors[0]! : tf.concat1d(tensors.map((tensor) => tf.reshape(tensor, [tensor.size]) as tf.Tensor1D));
  const [moment, velocity] = tf.tidy(() => [tf.variable(tf.zeros(shape), false), tf.variable(tf.zeros(shape), false)]);
  const keep = only!.rank >= 2 ? 1 - rate * decay : 1;
  return (gradients: Readonly<Record<string, tf.Tensor>>, step: number) =>
    tf.tidy(() => {
      const gradient = flatten(group.map(({ name }) => gradients[name]!));
      moment.assign(tf.add(tf.mul(moment, beta1), tf.mul(gradient, 1 - beta1)));
      velocity.assign(tf.add(tf.mul(velocity, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
      const root = tf.mul(tf.sqrt(velocity), tf.scalar(1 / Math.sqrt(1 - beta2 ** step)));
      const change = tf.mul(tf.div(moment, tf.add(root, epsilon)), tf.scalar(rate / (1 - beta1 ** step)));
      const weights = flatten(group);
      const next = tf.sub(keep === 1 ? weights : tf.mul(weights, keep), change);
      if (alone) return alone.assign(next);
      let start = 0;
      for (const variable of group) {
        variable.assign(tf.reshape(tf.slice(next, start, variable.size), variable.shape));
        start += variable.size;
      }
    });
}
