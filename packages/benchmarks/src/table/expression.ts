import { itemValues } from "../results/item-values.js";
import type { BenchmarkResult, ItemValues } from "../results/result-schema.js";

/** The result of a benchmark for one model, if there is one that may enter a table. */
export type Lookup = (benchmark: string) => BenchmarkResult | undefined;

/** What an expression makes of one model's results. */
export interface ExpressionValue {
  readonly value: number;
  readonly n: number;
  readonly interval?: readonly [number, number];
  readonly chance?: number;
  /** Values by item, where the expression is a mean of them: what paired tests take. */
  readonly items?: ItemValues;
}

/** A number made of results: one metric, or a mean or difference of several. */
export interface Expression {
  /** Such as "mean(aro/coco-order, aro/flickr-order)". */
  readonly text: string;
  readonly benchmarks: readonly string[];
  /** Undefined where a result is missing, or has no such metric. */
  evaluate(lookup: Lookup): ExpressionValue | undefined;
}

/** A metric of a benchmark; without a name the one that stands for the benchmark. */
export function metric(benchmark: string, name?: string): Expression {
  return {
    text: name === undefined ? benchmark : `${benchmark} ${name}`,
    benchmarks: [benchmark],
    evaluate(lookup) {
      const result = lookup(benchmark);
      const found = result?.metrics[name ?? result.headline];
      if (!result || !found) return undefined;
      const items = itemValues(result, name ?? result.headline);
      return { ...found, ...(items && { items }) } as ExpressionValue;
    },
  };
}

/** The first of several numbers that is there, such as the one benchmark of several that a model was scored on. */
export function firstOf(...parts: readonly Expression[]): Expression {
  return {
    text: `first of ${parts.map(({ text }) => text).join(", ")}`,
    benchmarks: [...new Set(parts.flatMap(({ benchmarks }) => benchmarks))],
    evaluate(lookup) {
      for (const part of parts) {
        const value = part.evaluate(lookup);
        if (value !== undefined) return value;
      }
      return undefined;
    },
  };
}

/** The unweighted mean of several numbers; missing where one of them is. */
export function mean(...parts: readonly Expression[]): Expression {
  return combined(`mean(${parts.map(({ text }) => text).join(", ")})`, parts, (values) => {
    const of = (read: (value: ExpressionValue) => number) =>
      values.reduce((sum, value) => sum + read(value), 0) / values.length;
    return withChance(
      of(({ value }) => value),
      values,
      of,
      stratified(values),
    );
  });
}

/** The mean over all items of several benchmarks, each counting by its number of items (a micro average). */
export function pooled(...parts: readonly Expression[]): Expression {
  return combined(`pooled(${parts.map(({ text }) => text).join(", ")})`, parts, (values) => {
    const total = values.reduce((sum, { n }) => sum + n, 0);
    const of = (read: (value: ExpressionValue) => number) =>
      values.reduce((sum, value) => sum + read(value) * value.n, 0) / total;
    const parts = itemsOfAll(values);
    const items = parts?.every(({ groups, clusters }) => !groups && !clusters)
      ? { values: parts.flatMap((part) => part.values) }
      : undefined;
    return withChance(
      of(({ value }) => value),
      values,
      of,
      items,
    );
  });
}

/** One number minus another. */
export function minus(a: Expression, b: Expression): Expression {
  return combined(`${a.text} - ${b.text}`, [a, b], ([first, second]) => ({
    value: first.value - second.value,
    n: first.n,
  }));
}

function combined<const Parts extends readonly Expression[]>(
  text: string,
  parts: Parts,
  combine: (values: { readonly [Part in keyof Parts]: ExpressionValue }) => ExpressionValue,
): Expression {
  return {
    text,
    benchmarks: [...new Set(parts.flatMap(({ benchmarks }) => benchmarks))],
    evaluate(lookup) {
      const values = parts.map((part) => part.evaluate(lookup));
      return values.every((value) => value !== undefined)
        ? combine(values as { readonly [Part in keyof Parts]: ExpressionValue })
        : undefined;
    },
  };
}

function withChance(
  value: number,
  values: readonly ExpressionValue[],
  of: (read: (value: ExpressionValue) => number) => number,
  items: ItemValues | undefined,
): ExpressionValue {
  return {
    value,
    n: values.reduce((sum, { n }) => sum + n, 0),
    ...(values.every(({ chance }) => chance !== undefined) && { chance: of(({ chance = 0 }) => chance) }),
    ...(items && { items }),
  };
}

/** The items of all parts, a group each, so that their mean over groups is the mean of the parts; not where parts have groups. */
function stratified(values: readonly ExpressionValue[]): ItemValues | undefined {
  const parts = itemsOfAll(values);
  if (!parts || parts.some(({ groups }) => groups)) return undefined;
  return {
    values: parts.flatMap((part) => part.values),
    groups: parts.flatMap((part, at) => part.values.map(() => String(at))),
    ...(parts.some(({ clusters }) => clusters) && {
      clusters: parts.flatMap((part, at) => part.values.map((_, index) => `${at} ${part.clusters?.[index] ?? index}`)),
    }),
  };
}

/** The items of each value; undefined where one has none. */
function itemsOfAll(values: readonly ExpressionValue[]): readonly ItemValues[] | undefined {
  const parts = values.flatMap(({ items }) => items ?? []);
  return parts.length === values.length ? parts : undefined;
}
