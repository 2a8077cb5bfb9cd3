/** How a box is sampled along one axis. */
export interface SamplingAxis {
  /** First coordinate of the box, and its length, in pixels of the image. */
  readonly start: number;
  readonly length: number;
  /** Bins of the output. */
  readonly bins: number;
  /** Cells of the feature map. */
  readonly cells: number;
  /** Cells of the feature map for each pixel of the image. */
  readonly scale: number;
  /** Samples a bin; 0 takes as many as the bin covers cells. */
  readonly samplingRatio: number;
  /** Whether a pixel's centre is at half (torchvision's `aligned=True`). */
  readonly aligned: boolean;
}

/**
 * How much each cell adds to each bin along one axis: a bin is the mean of evenly spaced samples, a sample lies between two
 * cells. RoIAlign's weight of a cell is the product of its two axes' weights, since samples form a grid.
 * Numbers are rounded to single precision where torchvision's kernel does, so that the number of samples is the same.
 *
 * @param weights `[bins, cells]`, zeros; written.
 */
export function writeSamplingWeights(axis: SamplingAxis, weights: Float32Array): void {
  const { bins, cells, aligned } = axis;
  const single = Math.fround;
  const offset = aligned ? 0.5 : 0;
  const start = single(single(single(axis.start) * single(axis.scale)) - offset);
  const end = single(single(single(axis.start + axis.length) * single(axis.scale)) - offset);
  const length = aligned ? single(end - start) : Math.max(single(end - start), 1);
  const bin = single(length / bins);
  const samples = axis.samplingRatio > 0 ? axis.samplingRatio : Math.ceil(bin);
  for (let index = 0; index < bins; index++) {
    for (let sample = 0; sample < samples; sample++) {
      const within = single(single((sample + 0.5) * bin) / samples);
      const at = single(single(start + single(index * bin)) + within);
      if (at < -1 || at > cells) continue;
      const inside = Math.max(at, 0);
      const low = Math.min(Math.floor(inside), cells - 1);
      const high = Math.min(low + 1, cells - 1);
      const share = low === cells - 1 ? 0 : inside - low;
      weights[index * cells + low]! += (1 - share) / samples;
      weights[index * cells + high]! += share / samples;
    }
  }
}
