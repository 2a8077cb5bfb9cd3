import * as tf from "@tensorflow/tfjs-core";
import type { LossTerms } from "../contract/loss.js";
import { LossError } from "../contract/loss-error.js";

type LossOfParts = (embeddings: readonly tf.Tensor[]) => LossTerms;

/** A batch in parts, and the loss of the whole. */
export interface PartsOptions {
  /** Each embeds one part of the batch, such as a few images or texts: [rows, d], or any other shape. Called twice, and must give the same both times. */
  readonly parts: readonly (() => tf.Tensor)[];
  /** The loss of all embeddings, one tensor for each part; or blocks of it (`Loss.inBlocks`), whose terms add up and that are held one at a time. */
  readonly loss: LossOfParts | readonly LossOfParts[];
  /** The variables that the parts are computed with. */
  readonly variables: readonly tf.Variable[];
  /** The variables that the loss reads itself, such as the logit scale. Default: none. */
  readonly lossVariables?: readonly tf.Variable[];
}

/** A loss and its gradients; the caller disposes them all. */
export interface Gradients {
  /** The loss's terms; `objective` is the one that was differentiated. */
  readonly terms: LossTerms;
  /** By each variable's own name, as `tf.variableGrads` gives them; a variable that nothing depends on is absent. */
  readonly gradients: Readonly<Record<string, tf.Tensor>>;
}

/**
 * The gradient of a contrastive loss, computed part by part and yet that of the whole batch, where every text is compared with
 * every image (GradCache, Gao et al. 2021; what open_clip's `accum_freq` does): embeds all parts without gradient, takes the
 * loss's gradient with respect to the embeddings, then embeds each part again and carries its share back to the variables.
 * Only one part's activations are held at a time; the price is a second forward pass.
 *
 * Each part is computed before the next begins, on lazy backends too. The caller disposes terms and gradients.
 *
 * @throws LossError when there is no part.
 */
export async function gradCache({ parts, loss, variables, lossVariables = [] }: PartsOptions): Promise<Gradients> {
  if (parts.length === 0) throw new LossError("gradCache: no parts were given.");
  const embeddings: tf.Tensor[] = [];
  for (const embed of parts) {
    const embedded = tf.tidy(embed);
    embeddings.push(embedded);
    await embedded.data();
  }

  const blocks = Array.isArray(loss) ? (loss as readonly LossOfParts[]) : [loss as LossOfParts];
  let found: BlockGradients | undefined;
  for (const block of blocks) {
    const added = await blockGradients(block, embeddings, lossVariables);
    found = found === undefined ? added : await sumOfBlocks(found, added);
  }
  if (found === undefined) throw new LossError("gradCache: no blocks of the loss were given.");
  tf.dispose(embeddings);
  const embeddingGradients = found.gradients.slice(0, parts.length);
  const gradients: Record<string, tf.Tensor> = Object.fromEntries(
    lossVariables.map(({ name }, index) => [name, found.gradients[parts.length + index]!]),
  );

  for (const [index, embed] of parts.entries()) {
    const embeddingGradient = embeddingGradients[index]!;
    const added = tf.tidy(
      () => tf.variableGrads(() => tf.sum(tf.mul(embed(), embeddingGradient)) as tf.Scalar, [...variables]).grads,
    );
    embeddingGradient.dispose();
    await computed(Object.values(added));
    const sums = Object.entries(added).map(([name, gradient]) => [name, sumOf(gradients[name], gradient)] as const);
    Object.assign(gradients, Object.fromEntries(sums));
    await computed(sums.map(([, sum]) => sum));
  }
  return { terms: found.terms, gradients };
}

/**
 * Waits until tensors that were made together are computed: a lazy backend computes all when one is read. Parts are computed before they
 * are added up, so that all parts of one shape are one graph to a backend that compiles graphs: with a sum in it, the first part's would
 * be another one.
 */
async function computed([first]: readonly tf.Tensor[]): Promise<void> {
  await first?.data();
}

/** The sum of two tensors, which it frees; the second where there is no first. */
function sumOf(before: tf.Tensor | undefined, added: tf.Tensor): tf.Tensor {
  if (before === undefined) return added;
  const sum = tf.add(before, added);
  tf.dispose([before, added]);
  return sum;
}

interface BlockGradients {
  readonly terms: LossTerms;
  /** Of the embeddings, then of the loss's variables. */
  readonly gradients: readonly tf.Tensor[];
}

/** A block's terms and gradients. */
async function blockGradients(
  loss: LossOfParts,
  embeddings: readonly tf.Tensor[],
  variables: readonly tf.Variable[],
): Promise<BlockGradients> {
  const found = tf.tidy(() => {
    let terms!: LossTerms;
    const { grads } = tf.valueAndGrads((...given: tf.Tensor[]) => {
      terms = loss(given.slice(0, embeddings.length));
      for (const term of Object.values(terms)) tf.keep(term);
      return terms.objective;
    })([...embeddings, ...variables]);
    return { terms, gradients: grads };
  });
  await computed([...found.gradients, ...Object.values(found.terms)]);
  return found;
}

/** Terms and gradients of two blocks added up; a term that only one of them has stays. */
async function sumOfBlocks(before: BlockGradients, added: BlockGradients): Promise<BlockGradients> {
  const sums = Object.entries(added.terms).map(([name, term]) => [name, sumOf(before.terms[name], term)] as const);
  const terms = { ...before.terms, ...Object.fromEntries(sums) } as LossTerms;
  const gradients = before.gradients.map((gradient, index) => sumOf(gradient, added.gradients[index]!));
  await computed([...gradients, ...Object.values(terms)]);
  return { terms, gradients };
}
