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

  let found: BlockGradients | undefined;
  for (const block of Array.isArray(loss) ? (loss as readonly LossOfParts[]) : [loss as LossOfParts]) {
    found = await addBlock(found, block, embeddings, lossVariables);
  }
  if (found === undefined) throw new LossError("gradCache: no blocks of the loss were given.");
  tf.dispose(embeddings);
  const embeddingGradients = found.gradients.slice(0, parts.length);
  const gradients: Record<string, tf.Tensor> = Object.fromEntries(
    lossVariables.map(({ name }, index) => [name, found.gradients[parts.length + index]!]),
  );

  for (const [index, embed] of parts.entries()) {
    const embeddingGradient = embeddingGradients[index]!;
    const added = tf.tidy(() => {
      const { grads } = tf.variableGrads(() => tf.sum(tf.mul(embed(), embeddingGradient)) as tf.Scalar, [...variables]);
      const sums = Object.entries(grads).map(([name, gradient]) => {
        const before = gradients[name];
        return [name, before ? tf.add(before, gradient) : gradient] as const;
      });
      return Object.fromEntries(sums);
    });
    for (const [name, sum] of Object.entries(added)) {
      gradients[name]?.dispose();
      gradients[name] = sum;
    }
    embeddingGradient.dispose();
    await Object.values(added)[0]?.data();
  }
  return { terms: found.terms, gradients };
}

interface BlockGradients {
  readonly terms: LossTerms;
  /** Of the embeddings, then of the loss's variables. */
  readonly gradients: readonly tf.Tensor[];
}

/** Adds a block's terms and gradients to those of the blocks before, which are freed. */
async function addBlock(
  before: BlockGradients | undefined,
  loss: LossOfParts,
  embeddings: readonly tf.Tensor[],
  variables: readonly tf.Variable[],
): Promise<BlockGradients> {
  const added = tf.tidy(() => {
    let terms!: LossTerms;
    const { grads } = tf.valueAndGrads((...given: tf.Tensor[]) => {
      terms = loss(given.slice(0, embeddings.length));
      for (const term of Object.values(terms)) tf.keep(term);
      return terms.objective;
    })([...embeddings, ...variables]);
    if (before === undefined) return { terms, gradients: grads };
    const sums = Object.entries(terms).map(([name, term]) => {
      const earlier = before.terms[name];
      const sum = earlier ? tf.add(earlier, term) : tf.clone(term);
      term.dispose();
      return [name, sum] as const;
    });
    return {
      terms: { ...before.terms, ...Object.fromEntries(sums) } as LossTerms,
      gradients: grads.map((gradient, index) => tf.add(before.gradients[index]!, gradient)),
    };
  });
  await Promise.all([...added.gradients, ...Object.values(added.terms)].map((tensor) => tensor.data()));
  if (before) {
    const replaced = Object.entries(before.terms).filter(([name, term]) => added.terms[name] !== term);
    tf.dispose([...before.gradients, ...replaced.map(([, term]) => term)]);
  }
  return added;
}
