import * as tf from "@tensorflow/tfjs-core";
import { isSmall, joinTensors, separate } from "./join-tensors.js";
import { OptimError } from "./optim-error.js";
import type { Parameters } from "./parameters.js";

/** Hyper-parameters of AdamW. */
export interface AdamWOptions {
  /** Default 0.9. */
  readonly beta1?: number;
  /** Default 0.98, as CLIP's. */
  readonly beta2?: number;
  /** Default 1e-6, as CLIP's. */
  readonly epsilon?: number;
  /** Decoupled weight decay. Default 0. */
  readonly weightDecay?: number;
  /** Which parameters decay. Default: those with two axes or more, so no gains, biases and logit scale, as in open_clip. */
  readonly decays?: (name: string, parameter: tf.Tensor) => boolean;
  /** Factor of a parameter's learning rate, its decay included. Default 1 for all. */
  readonly rateFactor?: (name: string) => number;
}

/** First and second moments of the gradients, one pair for each parameter or group of small parameters. */
export interface AdamWState {
  readonly firstMoment: Parameters;
  readonly secondMoment: Parameters;
}

/** When an update is made and how far it goes. Tensors where the update is traced once and run with other values. */
export interface UpdateTime {
  /** Updates made before this one. */
  readonly step: number | tf.Scalar;
  readonly learningRate: number | tf.Scalar;
}

/** What one update makes; the caller disposes the tensors, and those of the state before. */
export interface AdamWUpdate {
  /** What is to be added to each parameter, see `applyUpdates`. */
  readonly updates: Parameters;
  readonly state: AdamWState;
}

/** AdamW as pure functions: nothing is kept between calls. */
export interface AdamW {
  /** The state before the first update: zeros. */
  init(parameters: Parameters): AdamWState;
  /**
   * @param gradients by the names of the parameters; a missing one counts as zero
   * @throws OptimError when `state` belongs to other parameters
   */
  update(gradients: Parameters, state: AdamWState, parameters: Parameters, time: UpdateTime): AdamWUpdate;
}

/** Parameters that are updated as one tensor: a large one alone, or small ones with the same decay and rate factor. */
interface Group {
  readonly name: string;
  readonly members: readonly string[];
  readonly decays: boolean;
  readonly factor: number;
}

/**
 * AdamW (Loshchilov & Hutter 2019, algorithm 2), step by step as `torch.optim.AdamW`, called as optax's.
 * Beside the moments it holds no tensor of the size of the parameters.
 */
export function adamW(options: AdamWOptions = {}): AdamW {
  const { beta1 = 0.9, beta2 = 0.98, epsilon = 1e-6, weightDecay = 0 } = options;
  return {
    init: (parameters) =>
      tf.tidy(() => {
        const groups = groupsOf(parameters, options);
        const zeros = () => Object.fromEntries(groups.map((group) => [group.name, zerosOf(group, parameters)]));
        return { firstMoment: zeros(), secondMoment: zeros() };
      }),

    update: (gradients, state, parameters, { step, learningRate }) =>
      tf.tidy(() => {
        const updates: Record<string, tf.Tensor> = {};
        const firstMoment: Record<string, tf.Tensor> = {};
        const secondMoment: Record<string, tf.Tensor> = {};
        const meanFactor = tf.div(learningRate, biasCorrection(beta1, step));
        const rootFactor = tf.rsqrt(biasCorrection(beta2, step));
        for (const group of groupsOf(parameters, options)) {
          const { name, members, decays, factor } = group;
          const [before, squareBefore] = [state.firstMoment[name], state.secondMoment[name]];
          if (before === undefined || squareBefore === undefined) {
            throw new OptimError(
              `adamW.update: the state has no moments for "${name}"; it was made for other parameters, so call init.`,
            );
          }
          const gradient = joinTensors(members.map((member) => gradients[member] ?? tf.zerosLike(parameters[member]!)));
          const rate = tf.mul(meanFactor, -factor);
          const decay = tf.mul(learningRate, decays ? weightDecay * factor : 0);
          const parameter = joinTensors(members.map((member) => parameters[member]!));
          const inputs = { gradient, first: before, second: squareBefore, parameter, rate, root: rootFactor, decay };
          const { update, first, second } = updateGroup(inputs, { beta1, beta2, epsilon });
          Object.assign(updates, separate(update, members, parameters));
          firstMoment[name] = first;
          secondMoment[name] = second;
        }
        return { updates, state: { firstMoment, secondMoment } };
      }),
  };
}

type GroupTensors = Record<"gradient" | "first" | "second" | "parameter" | "rate" | "root" | "decay", tf.Tensor>;

/** The update of one group and its next moments: in one kernel where the backend has it, in its formulas elsewhere. */
function updateGroup(tensors: GroupTensors, betas: { beta1: number; beta2: number; epsilon: number }) {
  const { beta1, beta2, epsilon } = betas;
  if (tf.getKernel("FusedAdamW", tf.getBackend())) {
    const results = tf.engine().runKernel("FusedAdamW", tensors, betas) as unknown as tf.Tensor[];
    const [update, first, second] = results as [tf.Tensor, tf.Tensor, tf.Tensor];
    return { update, first, second };
  }
  const { gradient, parameter, rate, root, decay } = tensors;
  const first = tf.add(tf.mul(tensors.first, beta1), tf.mul(gradient, 1 - beta1));
  const second = tf.add(tf.mul(tensors.second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const change = tf.mul(tf.div(first, tf.add(tf.mul(tf.sqrt(second), root), epsilon)), rate);
  return { update: tf.sub(change, tf.mul(parameter, decay)), first, second };
}

/** 1 - beta^(step + 1). */
function biasCorrection(beta: number, step: number | tf.Scalar): tf.Scalar {
  if (typeof step === "number") return tf.scalar(1 - beta ** (step + 1));
  return tf.sub(1, tf.pow(beta, tf.add(step, 1)));
}

function groupsOf(parameters: Parameters, options: AdamWOptions): Group[] {
  const { decays: mayDecay = (_, { rank }) => rank >= 2, rateFactor = () => 1 } = options;
  const groups = new Map<string, Group & { members: string[] }>();
  for (const [member, parameter] of Object.entries(parameters)) {
    const decays = mayDecay(member, parameter);
    const factor = rateFactor(member);
    const name = isSmall(parameter) ? `small, ${decays ? "decaying" : "not decaying"}, rate x ${factor}` : member;
    const group = groups.get(name) ?? { name, members: [], decays, factor };
    group.members.push(member);
    groups.set(name, group);
  }
  return [...groups.values()];
}

function zerosOf({ members }: Group, parameters: Parameters): tf.Tensor {
  const sizes = members.map((member) => parameters[member]!.size);
  return tf.zeros(members.length === 1 ? parameters[members[0]!]!.shape : [sizes.reduce((sum, size) => sum + size)]);
}
