import * as tf from "@tensorflow/tfjs-core";
import { scope } from "../layers/variable-reader.js";
import type { TowerContext, TowerKind } from "../towers/tower.js";
import type { Clip } from "./clip.js";
import { towerNames } from "./clip-parameters.js";

/** What one of a model's towers computes with. */
export function towerContext(clip: Clip, kind: TowerKind, training = false): TowerContext {
  const { prefix } = towerNames[kind];
  return {
    read: scope(clip.read, prefix),
    activation: clip.config.activation,
    training,
    update: (name, value) => clip.variables.get(`${prefix}.${name}`)!.assign(value),
  };
}

/** A tower's features in the shared space: [items, embedDim], not of length one. */
export function projectFeatures(clip: Clip, kind: TowerKind, features: tf.Tensor2D): tf.Tensor2D {
  if (clip.towers[kind].width === undefined) return features;
  return tf.matMul(features, clip.read(towerNames[kind].projection) as tf.Tensor2D, false, true);
}
