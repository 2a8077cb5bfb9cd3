import * as tf from "@tensorflow/tfjs-core";

/** Rows and columns of a grid [batch, side, side, width] moved on by `by` places, round the edge (numpy's roll). */
export function shiftGrid(grid: tf.Tensor4D, by: number): tf.Tensor4D {
  if (by === 0) return grid;
  const [batch, side, , width] = grid.shape;
  const first = (side - by) % side; // the place that comes to the front
  const rows = tf.concat(
    [
      tf.slice(grid, [0, first, 0, 0], [batch, side - first, side, width]),
      tf.slice(grid, [0, 0, 0, 0], [batch, first, side, width]),
    ],
    1,
  );
  return tf.concat(
    [
      tf.slice(rows, [0, 0, first, 0], [batch, side, side - first, width]),
      tf.slice(rows, [0, 0, 0, 0], [batch, side, first, width]),
    ],
    2,
  );
}

/** For every pair of places of a window the row of the relative position table, (2·window - 1)² rows: [window⁴]. */
export function relativePositions(window: number): tf.Tensor1D {
  const places = window * window;
  const rows = Int32Array.from({ length: places * places }, (_, index) => {
    const [query, key] = [Math.floor(index / places), index % places];
    const down = Math.floor(query / window) - Math.floor(key / window) + window - 1;
    const right = (query % window) - (key % window) + window - 1;
    return down * (2 * window - 1) + right;
  });
  return tf.tensor1d(rows, "int32");
}

/**
 * After a shift a window may hold places that are no neighbours in the image; they do not look at each other.
 *
 * @returns [1, windows, 1, places, places], 0 or -100 (Swin's own number), added to the scores.
 */
export function regionMask(side: number, window: number, shift: number): tf.Tensor {
  const across = side / window;
  const places = window * window;
  // The image falls into three bands along each axis: untouched, cut by the last window, come round the edge.
  const band = (at: number) => (at < side - window ? 0 : at < side - shift ? 1 : 2);
  const region = (windowIndex: number, place: number) => {
    const row = Math.floor(windowIndex / across) * window + Math.floor(place / window);
    const column = (windowIndex % across) * window + (place % window);
    return band(row) * 3 + band(column);
  };
  const mask = new Float32Array(across * across * places * places);
  mask.forEach((_, index) => {
    const windowIndex = Math.floor(index / (places * places));
    const query = Math.floor(index / places) % places;
    if (region(windowIndex, query) !== region(windowIndex, index % places)) mask[index] = -100;
  });
  return tf.tensor(mask, [1, across * across, 1, places, places]);
}
