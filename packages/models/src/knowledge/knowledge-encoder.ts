import * as tf from "@tensorflow/tfjs-core";
import { l2Normalise } from "../layers/l2-normalise.js";
import { linear } from "../layers/linear.js";
import { scope, type VariableReader } from "../layers/variable-reader.js";
import { ModelError } from "../model-error.js";
import { checkIds } from "../packing/check-ids.js";
import type { Rng } from "../rng.js";
import { bertEmbeddings, bertEncoder } from "../towers/bert-encoder.js";
import { createVariables } from "../weights/model-variables.js";
import { initialWeights, type Weights } from "../weights/weights.js";
import {
  type KnowledgeEncoderConfig,
  knowledgeParameters,
  type ResolvedKnowledgeConfig,
  resolveKnowledgeConfig,
} from "./knowledge-config.js";
import type { TripleBatch } from "./pack-triples.js";

/** A knowledge encoder's variables; use it with `encodeKnowledge`. */
export interface KnowledgeEncoder {
  readonly config: ResolvedKnowledgeConfig & { readonly embedDim: number };
  /** By the names of the released code's `triple_Transformer`: `model.` (a BertModel's) and `linear.`. */
  readonly variables: ReadonlyMap<string, tf.Variable>;
  /** What it computes with in a variable's place. */
  readonly read: VariableReader;
  /** Frees all variables. */
  dispose(): void;
}

/**
 * A knowledge encoder with fresh weights.
 *
 * @throws ModelError when the configuration does not fit together.
 */
export function createKnowledgeEncoder(
  config: KnowledgeEncoderConfig,
  { rng }: { readonly rng: Rng },
): KnowledgeEncoder {
  return knowledgeEncoderFromWeights(config, initialWeights(knowledgeParameters(config), rng));
}

/**
 * A knowledge encoder with given weights, such as the first six layers of a BERT.
 *
 * @throws ModelError listing unknown, missing and misshaped tensors.
 */
export function knowledgeEncoderFromWeights(config: KnowledgeEncoderConfig, weights: Weights): KnowledgeEncoder {
  const variables = createVariables(knowledgeParameters(config), weights);
  return {
    config: resolveKnowledgeConfig(config),
    variables,
    read: (name) => variables.get(name)!,
    dispose: () => {
      for (const variable of variables.values()) variable.dispose();
    },
  };
}

/**
 * Embeds each caption's triples (Huang et al. 2024; model/model.py and model/bert.py of zjukg/Structure-CLIP): e = w_h + w_r - w_t
 * for every triple, BERT layers over a caption's triples, the first position projected.
 *
 * @param batch from `packTriples`.
 * @returns [captions, embedDim], rows of length one.
 * @throws ModelError when a phrase has more tokens than positions, or ids outside the vocabulary.
 */
export function encodeKnowledge(
  { config, read }: Pick<KnowledgeEncoder, "config" | "read">,
  batch: TripleBatch,
): tf.Tensor2D {
  check(config, batch);
  const { counts, maxTriples } = batch;
  const { width, variant } = config;
  const captions = counts.length;
  return tf.tidy(() => {
    const own = scope(read, "model");
    const phrases = variant === "code" ? slotMeans(batch, own) : wordMeans(batch, own);
    const parts = tf.reshape(phrases, [captions * maxTriples, 3, width]);
    const [head, relation, tail] = tf.unstack(parts, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const triples: tf.Tensor2D = tf.sub(tf.add(head, relation), tail);
    const encoded = bertEncoder(triples, tripleMask(batch), config, own);
    const rows = tf.reshape(encoded, [captions, maxTriples, width]);
    const first = tf.reshape(tf.slice(rows, [0, 0, 0], [captions, 1, width]), [captions, width]) as tf.Tensor2D;
    const knowledge = l2Normalise(linear(first, read, "linear"));
    if (variant === "code") return knowledge;
    const present = tf.greater(tf.tensor2d(counts, [captions, 1], "int32"), 0);
    return tf.mul(knowledge, tf.cast(present, "float32"));
  });
}

/**
 * Adds knowledge to text embeddings, t + weight·k. The sum is not brought back to length one, as in the released code.
 *
 * @param text [captions, embedDim], rows of length one
 * @param knowledge [captions, embedDim], from `encodeKnowledge`
 * @param weight λ. Default 0.2, the paper's.
 */
export function fuseKnowledge(text: tf.Tensor2D, knowledge: tf.Tensor2D, weight = 0.2): tf.Tensor2D {
  return tf.tidy(() => tf.add(text, tf.mul(knowledge, weight)));
}

// Masks are computed by the engine, of the batch's own arrays, so that a training step that is traced once stays true of every batch.

/** The mean over a phrase's token slots of BERT's embeddings: [phrases, width]. Padding takes part, but PyTorch never trains its row. */
function slotMeans({ ids, lengths, maxTokens }: TripleBatch, read: VariableReader): tf.Tensor {
  const trained = tf.cast(tf.less(slotNumbers(maxTokens), column(lengths)), "float32");
  const embedded = bertEmbeddings(
    tf.tensor1d(ids, "int32"),
    maxTokens,
    read,
    tf.reshape(trained, [ids.length, 1]) as tf.Tensor2D,
  );
  return tf.mean(tf.reshape(embedded, [lengths.length, maxTokens, -1]), 1);
}

/** The mean over a phrase's own tokens, start and end left out, of the word table's rows: [phrases, width]. */
function wordMeans({ ids, lengths, maxTokens }: TripleBatch, read: VariableReader): tf.Tensor {
  const slots = slotNumbers(maxTokens);
  const ends = column(lengths);
  const own = tf.cast(tf.logicalAnd(tf.greater(slots, 0), tf.less(slots, tf.sub(ends, 1))), "float32");
  const shares = tf.div(own, tf.maximum(tf.cast(tf.sub(ends, 2), "float32"), 1));
  const words = tf.gather(read("embeddings.word_embeddings.weight"), tf.tensor1d(ids, "int32"));
  const rows = tf.reshape(words, [lengths.length, maxTokens, -1]) as tf.Tensor3D;
  return tf.matMul(tf.reshape(shares, [lengths.length, 1, maxTokens]) as tf.Tensor3D, rows);
}

/** [captions, 1, 1, maxTriples], added to scores: 0 at real triples, a large negative number at filler. */
function tripleMask({ counts, maxTriples }: TripleBatch): tf.Tensor4D {
  const filler = tf.cast(tf.greaterEqual(slotNumbers(maxTriples), column(counts)), "float32");
  return tf.reshape(tf.mul(filler, -1e9), [counts.length, 1, 1, maxTriples]);
}

/** 0, 1, … as a row. */
function slotNumbers(count: number): tf.Tensor2D {
  return tf.reshape(tf.range(0, count, 1, "int32"), [1, count]);
}

/** Counts as a column, to be held against {@link slotNumbers}. */
function column(counts: Int32Array): tf.Tensor2D {
  return tf.tensor2d(counts, [counts.length, 1], "int32");
}

function check({ contextLength, vocabSize }: KnowledgeEncoder["config"], { ids, maxTokens }: TripleBatch): void {
  if (maxTokens > contextLength) {
    throw new ModelError(
      `encodeKnowledge: phrases have ${maxTokens} tokens, but there are ${contextLength} positions.`,
    );
  }
  checkIds("encodeKnowledge", ids, vocabSize);
}
