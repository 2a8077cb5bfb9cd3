import type * as Ort from "onnxruntime-common";

/** Memory of results that nobody holds any more, for results of the same type and shape to be written into; that of a GPU is given back at once. */
export interface Recycler {
  /** Takes back a tensor: at once when `idle`, else when {@link Recycler.collect} says that no waiting node can use it. */
  release(tensor: Ort.Tensor, idle: boolean): void;
  /** Memory for a result, if there is any of this type and shape. */
  take(type: string, shape: readonly number[]): Ort.Tensor | undefined;
  /** Called after each run: frees what was released before it, and drops what two runs in a row have not taken. */
  collect(): void;
  /** Drops everything. */
  clear(): void;
}

/** True for a tensor whose values are not on the host. */
export function isOnGpu({ location }: Ort.Tensor): boolean {
  return location === "gpu-buffer";
}

/** A recycler that holds memory for at most two runs. */
export function createRecycler(): Recycler {
  let released: Ort.Tensor[] = [];
  let fresh = new Map<string, Ort.Tensor[]>();
  let stale = new Map<string, Ort.Tensor[]>();
  const keyOf = (type: string, shape: readonly number[]) => `${type}${shape.join()}`;
  const put = (tensor: Ort.Tensor) => {
    if (isOnGpu(tensor)) {
      tensor.dispose();
      return;
    }
    const key = keyOf(tensor.type, tensor.dims);
    const list = fresh.get(key);
    if (list) list.push(tensor);
    else fresh.set(key, [tensor]);
  };
  return {
    release(tensor, idle) {
      if (idle) put(tensor);
      else released.push(tensor);
    },
    take(type, shape) {
      const key = keyOf(type, shape);
      return fresh.get(key)?.pop() ?? stale.get(key)?.pop();
    },
    collect() {
      stale = fresh;
      fresh = new Map();
      for (const tensor of released) put(tensor);
      released = [];
    },
    clear() {
      released = [];
      fresh.clear();
      stale.clear();
    },
  };
}
