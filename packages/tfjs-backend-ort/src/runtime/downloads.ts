import type * as Ort from "onnxruntime-common";
import type { HostValues } from "../graph/graph.js";
import { type ElementType, encodeModel, type Model } from "../onnx/encode-model.js";
import { isOnGpu } from "./recycler.js";
import type { Runtime, Session } from "./runtime.js";

/** Brings results to the host. */
export interface Downloads {
  /** Values of a result on the host; from a GPU they are brought by a session that copies. */
  read(tensor: Ort.Tensor): HostValues;
  /** Releases the sessions that copy. */
  clear(): void;
}

/** @param counted called for each tensor that is brought from a GPU */
export function createDownloads(runtime: Runtime, counted: () => void): Downloads {
  const copies = new Map<string, Session>();
  const copyOf = ({ type, dims }: Ort.Tensor): Session => {
    const key = `${type}${dims.length}`;
    const model = () => encodeModel(copyModel(type as ElementType, dims.length));
    const copy = copies.get(key) ?? (runtime.compileSync?.(model(), { resultsOnHost: true }) as Session);
    copies.set(key, copy);
    return copy;
  };
  return {
    read(tensor) {
      if (!isOnGpu(tensor)) return tensor.data as HostValues;
      const copy = copyOf(tensor);
      counted();
      return copy.runSync?.({ x: tensor }, { y: null }).y?.data as HostValues;
    },
    clear() {
      for (const copy of copies.values()) copy.release();
      copies.clear();
    },
  };
}

/** y = x, for tensors of any lengths. */
function copyModel(type: ElementType, rank: number): Model {
  const shape = Array.from({ length: rank }, (_, axis) => `d${axis}`);
  const node = { name: "copy", operator: "Identity", domain: "", inputs: ["x"], outputs: ["y"], attributes: {} };
  return { nodes: [node], inputs: [{ name: "x", type, shape }], outputs: [{ name: "y", type, shape }], constants: [] };
}
