import { shuffled } from "@tesserae/scene-graph/random";
import type { Rng } from "../contract/negative-miner.js";

export interface RefineOptions {
  readonly rng: Rng;
  /** Cells of the grid on each side of 0, for each model. Default 50, as SugarCrepe's for its two models; use fewer for more models. */
  readonly cells?: number;
}

/**
 * SugarCrepe's adversarial refinement (Hsieh et al., NeurIPS 2023; `adversarial_refine.py`): puts each pair into a cell of a grid by the score gaps of the
 * blind models, and keeps as many pairs of each cell as of the opposite one, so that every model is right as often as wrong, by as much.
 * Gaps are measured in the greatest gap of their model. The reference takes two models, and a coarser line of cells where one gap is 0; this takes any number, and
 * a gap of 0 is a cell of its own.
 *
 * @param gaps for each model, the gap of each pair; see `audit`
 * @returns the indices of the pairs to keep, rising
 * @throws RangeError where the models have gaps of different numbers of pairs, or `cells` is not a whole number from 1
 */
export function refine(gaps: readonly ArrayLike<number>[], { rng, cells = 50 }: RefineOptions): number[] {
  const pairs = gaps[0]?.length ?? 0;
  const other = gaps.findIndex(({ length }) => length !== pairs);
  if (other >= 0) {
    throw new RangeError(`refine: model ${other} has ${gaps[other]!.length} gaps, the first ${pairs}; give one a pair`);
  }
  if (!Number.isInteger(cells) || cells < 1) {
    throw new RangeError(`refine: cells is ${cells}; give a whole number of at least 1`);
  }
  const greatest = gaps.map((values) => Array.from(values).reduce((most, gap) => Math.max(most, Math.abs(gap)), 0));
  const byCell = new Map<string, number[]>();
  const keyOf = (index: number, sign: 1 | -1) =>
    gaps
      .map((values, model) => {
        const gap = sign * values[index]!;
        if (gap === 0) return 0;
        return Math.sign(gap) * Math.min(cells, Math.floor((Math.abs(gap) / greatest[model]!) * cells) + 1);
      })
      .join(",");
  const opposite = new Map<string, string>();
  for (let index = 0; index < pairs; index++) {
    const key = keyOf(index, 1);
    const members = byCell.get(key);
    if (members) members.push(index);
    else byCell.set(key, [index]);
    opposite.set(key, keyOf(index, -1));
  }
  const kept: number[] = [];
  for (const [key, members] of byCell) {
    const others = byCell.get(opposite.get(key)!) ?? [];
    kept.push(...(members.length <= others.length ? members : shuffled(rng, members).slice(0, others.length)));
  }
  return kept.sort((a, b) => a - b);
}
