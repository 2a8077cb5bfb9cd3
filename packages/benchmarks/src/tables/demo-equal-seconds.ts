import { metric } from "../table/expression.js";
import type { TableSpec } from "../table/table-spec.js";
import { demoBase, demoRow } from "./demo-rows.js";

const needs = "`bench table demo/equal-seconds --world`.";
const column = (label: string, task: string, name?: string) => ({ label, value: metric(`world/${task}`, name), needs });

/**
 * Steps that take as long as MosaiCLIP's 1,200 by the seconds of one thread (110, 165, 234 and 269 s for 1,200),
 * rounded.
 */
const rows = [
  demoBase,
  { ...demoBase, model: "clip-twice", label: "CLIP, twice the steps", set: { ...demoBase.set, steps: 1600 } },
  demoRow("clip-ft-seconds", "CLIP-FT, 2,950 steps", { recipe: "clip", scale: "world-ft", set: { steps: 2950 } }),
  demoRow("negclip-seconds", "NegCLIP, 1,950 steps", { recipe: "negclip", set: { steps: 1950 } }),
  demoRow("structure-clip-seconds", "Structure-CLIP, 1,400 steps", { recipe: "structure-clip", set: { steps: 1400 } }),
  demoRow("mosaiclip", "MosaiCLIP, 1,200 steps"),
];

const columns = [
  column("relation swap", "relation-swap"),
  column("attribute swap", "attribute-swap"),
  column("attribute swap, reworded", "attribute-swap-reworded"),
  column("picture choice", "picture-choice", "group"),
  column("text to image R@1", "retrieval", "textToImage@1"),
];

/** The demo's methods by equal seconds of training in place of equal images. With `--results` of the demo's table, base and MosaiCLIP are its runs. */
export const demoEqualSeconds: TableSpec = {
  name: "demo/equal-seconds",
  title: "One CLIP of the synthetic world, fine-tuned by each method for as many seconds",
  rows: rows.map(({ model, label }) => ({ model, label })),
  columns,
  world: { rows, columns },
};
