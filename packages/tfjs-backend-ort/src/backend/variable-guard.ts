import * as tf from "@tensorflow/tfjs-core";
import type * as Ort from "onnxruntime-common";
import type { HostValues, Value } from "../graph/graph.js";

/** Gives variables back what they held when the session fails that was to compute what they have been assigned since. */
export interface VariableGuard {
  /** To be called when a buffer is let go that some variable was given: another value takes its place. */
  replaced(value: Value): void;
  /** To be called after a run: restores the variables whose new values were lost in it where it `failed`, and forgets the old ones. */
  settle(failed: boolean): void;
}

/** A guard of tfjs-core's variables; `find` gives the buffer of a tensor of this backend, `download` the numbers of a result. */
export function createVariableGuard(
  find: (dataId: tf.DataId) => Value | undefined,
  download: (tensor: Ort.Tensor) => HostValues,
): VariableGuard {
  let replaced = new Map<tf.Variable, Value>();
  const owners = new WeakMap<Value, tf.Variable>();

  const ownerOf = (value: Value): tf.Variable | undefined => {
    if (!owners.has(value)) {
      const variables = tf.engine().registeredVariables;
      for (const name in variables) {
        const variable = variables[name] as tf.Variable;
        const held = find(variable.dataId);
        if (held) owners.set(held, variable);
      }
    }
    return owners.get(value);
  };

  return {
    replaced(value) {
      if (value.node || value.running || value.failure) return;
      const variable = ownerOf(value);
      if (variable) replaced.set(variable, value);
    },
    settle(failed) {
      const before = replaced;
      replaced = new Map();
      if (!failed) return;
      for (const [variable, { host, tensor }] of before) {
        const held = host ?? (tensor && download(tensor));
        if (!held || !find(variable.dataId)?.failure) continue;
        // Not into the buffer that failed: other tensors may share it.
        const restored = tf.tensor(held as Float32Array, variable.shape, variable.dtype as "float32");
        variable.assign(restored);
        restored.dispose();
      }
      replaced.clear();
    },
  };
}
