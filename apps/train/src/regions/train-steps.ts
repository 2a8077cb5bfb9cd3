import * as tf from "@tensorflow/tfjs-core";
import { adamW, applyUpdates, cosineSchedule } from "@tesserae/optim";
import { type Rng, shuffled } from "@tesserae/scene-graph/random";

/** How long and how fast something is trained. */
export interface TrainStepsOptions {
  readonly steps: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly weightDecay?: number;
  readonly rng: Rng;
  readonly signal?: AbortSignal;
  /** Told the loss of every tenth step and of the last. */
  readonly onLoss?: (step: number, loss: number) => void;
}

/**
 * Minimises a loss over batches of places 0 … count - 1, shuffled anew in every pass, with AdamW and a half cosine.
 *
 * @param variables what is trained, by name
 * @param loss of a batch of places; makes and keeps no tensors but its result
 * @throws the signal's reason when it is aborted
 */
export async function trainSteps(
  variables: Readonly<Record<string, tf.Variable>>,
  count: number,
  loss: (places: readonly number[]) => tf.Scalar,
  { steps, batchSize, learningRate, weightDecay = 0, rng, signal, onLoss }: TrainStepsOptions,
): Promise<void> {
  const optimizer = adamW({ beta2: 0.999, epsilon: 1e-8, weightDecay });
  const rate = cosineSchedule({ learningRate, warmup: Math.min(50, Math.floor(steps / 10)), steps });
  const batches = placesInTurn(count, Math.min(batchSize, count), rng);
  let state = optimizer.init(variables);
  for (let step = 0; step < steps; step++) {
    signal?.throwIfAborted();
    const places = batches.next().value as readonly number[];
    const { value, grads } = tf.variableGrads(() => loss(places), Object.values(variables));
    const gradients = Object.fromEntries(
      Object.entries(variables).map(([name, variable]) => [name, grads[variable.name]!]),
    );
    const update = optimizer.update(gradients, state, variables, { step, learningRate: rate(step) });
    const next = applyUpdates(variables, update.updates);
    for (const [name, tensor] of Object.entries(next)) variables[name]!.assign(tensor);
    if (onLoss !== undefined && (step % 10 === 9 || step === steps - 1)) onLoss(step + 1, (await value.data())[0]!);
    tf.dispose([value, grads, next, update.updates, state.firstMoment, state.secondMoment] as never);
    state = update.state;
  }
  tf.dispose([state.firstMoment, state.secondMoment] as never);
}

function* placesInTurn(count: number, size: number, rng: Rng): Generator<readonly number[], never> {
  const all = Array.from({ length: count }, (_, place) => place);
  for (let rest: number[] = []; ; ) {
    if (rest.length < size) rest = shuffled(rng, all);
    yield rest.splice(0, size);
  }
}
