import type { WorldRow } from "../table/table-spec.js";

/** For learning curves: swaps of development scenes while training. */
const curves = { valFrequency: 200, valTasks: '["relation-swap","attribute-swap"]' };

/** The base that every method of the demo goes on from: the row "CLIP". */
export const demoBase: WorldRow = { model: "clip", label: "CLIP", recipe: "clip", set: curves };

/** A row that fine-tunes the base. */
export function demoRow(model: string, label: string, more: Partial<WorldRow> = {}): WorldRow {
  return { model, label, recipe: model, from: demoBase.model, ...more, set: { ...curves, ...more.set } };
}
