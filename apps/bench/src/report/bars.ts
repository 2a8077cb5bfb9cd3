import type { Metric } from "@tesserae/benchmarks";
import { escapeHtml } from "./escape-html.js";
import type { Series } from "./series.js";

/** A value in [0, 1] with what stands for its uncertainty. */
export interface Spread {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Bars of all models under one heading, such as a relation's word or a table's column. */
export interface BarGroup {
  readonly label: string;
  readonly chance: number | null;
  readonly bars: readonly (Spread & { readonly series: Series })[];
}

/** What the line on a bar is, where a model has several training seeds. */
export type SeedSpread = "range" | "deviation";

const overSeeds = {
  range: "the range from the lowest to the highest training seed",
  deviation: "the standard deviation over training seeds",
};

/** One value of a model: that of its only seed with its interval over items, or the mean over its seeds with their range. */
export function spreadOf(seeds: readonly Pick<Metric, "value" | "interval">[]): Spread {
  const [first] = seeds;
  const values = seeds.map(({ value }) => value);
  const value = values.reduce((sum, one) => sum + one, 0) / values.length;
  const [low, high] = (seeds.length === 1 && first?.interval) || [Math.min(...values), Math.max(...values)];
  return { value, low: low ?? value, high: high ?? value };
}

/** Groups of bars as a table: it fits a narrow page, and a screen reader reads its numbers. */
export function bars(groups: readonly BarGroup[], spread: SeedSpread): string {
  const caption = `Percent, with the 95 % interval over items, or ${overSeeds[spread]} where there are several. The dashed line is chance.`;
  return `<p class="caption">${caption}</p><table class="bars">${groups.map(group).join("")}</table>`;
}

function group({ label, chance, bars: own }: BarGroup): string {
  const expected = chance === null ? "" : ` <small>chance ${percent(chance)}</small>`;
  const rows = own.map(({ series, value, low, high }) => {
    const line = chance === null ? "" : `<i class="chance" style="left:${percent(chance)}%"></i>`;
    const track =
      `<div class="track" aria-hidden="true"><i class="value" style="width:${percent(value)}%;background:${series.colour}"></i>` +
      `<i class="interval" style="left:${percent(low)}%;width:${percent(high - low)}%"></i>${line}</div>`;
    return (
      `<tr><th scope="row">${escapeHtml(series.label)}</th><td class="bar">${track}</td>` +
      `<td>${percent(value)} <small>${percent(low)}–${percent(high)}</small></td></tr>`
    );
  });
  return `<tbody><tr><th scope="rowgroup" colspan="3">${escapeHtml(label)}${expected}</th></tr>${rows.join("")}</tbody>`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
