import type { BenchmarkResult } from "@tesserae/benchmarks";
import { escapeHtml } from "./escape-html.js";
import { hardestItems } from "./hardest-items.js";
import { type PairRecord, pairRecords } from "./pair-records.js";
import { name } from "./sections.js";
import type { Series } from "./series.js";
import { tellingItems } from "./telling-items.js";

/** One item with what every model got right of it. */
export interface PairExample {
  readonly item: PairRecord;
  /** In the order of the results: each picture chose its caption (`text`), each caption its picture (`image`). */
  readonly judged: readonly { readonly model: string; readonly text: boolean; readonly image: boolean }[];
}

/**
 * The hardest pairs of each kind, then two others that the best model gets right and the worst gets wrong.
 *
 * @param results over the same items
 */
export function pairExamples(results: readonly BenchmarkResult[], ofEachKind: number): readonly PairExample[] {
  const items = results[0] && pairRecords(results[0]);
  if (!items) return [];
  const right = (result: BenchmarkResult, metric: string, index: number) => result.values[metric]?.values[index] === 1;
  const hardest = hardestItems(results, ofEachKind);
  const telling = tellingItems(results).filter((index) => !hardest.includes(index));
  return [...hardest, ...telling.slice(0, 2)].flatMap((index) => {
    const item = items[index];
    if (!item) return [];
    const judged = results.map((result) => ({
      model: result.model.name,
      text: right(result, "text", index),
      image: right(result, "image", index),
    }));
    return [{ item, judged }];
  });
}

/**
 * A card: both pictures, both captions, and what every model got right.
 *
 * @param pictures as data URIs, null where one is not here
 */
export function pairCard(
  { item, judged }: PairExample,
  { kind, place }: { readonly kind: string; readonly place: number },
  pictures: readonly (string | null)[],
  series: readonly Series[],
): string {
  const shown = pictures.map((picture, index) =>
    picture === null ? "" : `<img src="${picture}" alt="${escapeHtml(item.captions[index] ?? "")}">`,
  );
  const captions = item.captions.map(
    (caption, index) => `<li class="false"><span class="muted">${index + 1}.</span> ${escapeHtml(caption)}</li>`,
  );
  const chips = series.flatMap((one) => chip(one, judged));
  return (
    `<article class="example kind-${place}"><div class="pictures">${shown.join("")}</div>` +
    `<p class="kind muted">${escapeHtml(kind)}; picture 1 on the left, 2 on the right</p><ol>${captions.join("")}</ol>` +
    `<div class="chosen judged">${chips.join("")}</div></article>`
  );
}

/** What a row's models got right of a pair, each of its training seeds counted. */
function chip(one: Series, judged: PairExample["judged"]): string[] {
  const own = judged.filter(({ model }) => one.models.includes(model));
  if (own.length === 0) return [];
  const said = (["text", "image"] as const).map((metric) => {
    const right = own.filter((item) => item[metric]).length;
    return `${metric} ${own.length > 1 ? `${right} of ${own.length}` : right === 1 ? "right" : "wrong"}`;
  });
  const seeds = own.length > 1 ? " seeds" : "";
  const both = own.every(({ text, image }) => text && image);
  return [`<span class="badge ${both ? "good" : "bad"}">${name(one)}: ${said.join(", ")}${seeds}</span>`];
}
