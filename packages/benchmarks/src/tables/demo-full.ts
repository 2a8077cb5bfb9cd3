import { metric } from "../table/expression.js";
import type { TableSpec, WorldRow } from "../table/table-spec.js";

const needs = "`bench table demo/full --world`.";
const inFull = { "world.level": "full" } as const;
const row = (model: string, label: string, recipe: string, more: Partial<WorldRow> = {}): WorldRow => ({
  ...{ model, label, recipe, set: inFull },
  ...more,
});
const column = (label: string, task: string, name?: string) => ({
  label,
  value: metric(`world-full/${task}`, name),
  needs,
});

const rows = [
  row("clip-full", "CLIP", "clip"),
  row("clip-ft-full", "CLIP-FT", "clip", { scale: "world-ft", from: "clip-full" }),
  row("negclip-full", "NegCLIP", "negclip", { from: "clip-full" }),
  row("mosaiclip-full", "MosaiCLIP", "mosaiclip", { from: "clip-full" }),
];

const columns = [
  column("relation swap", "relation-swap"),
  column("attribute swap", "attribute-swap"),
  column("relation swap, unseen compounds", "relation-swap-unseen"),
  column("attribute swap, reworded", "attribute-swap-reworded"),
  column("third thing", "third-thing"),
  column("picture choice", "picture-choice", "group"),
  column("productivity", "productivity"),
  column("image to text R@1", "retrieval", "imageToText@1"),
  column("text to image R@1", "retrieval", "textToImage@1"),
];

/** The demo's protocol in the rich world: one to six of 33 things, patterns, sizes, five relations. */
export const demoFull: TableSpec = {
  name: "demo/full",
  title: "One CLIP of the rich synthetic world, fine-tuned by each method",
  rows: rows.map(({ model, label }) => ({ model, label })),
  columns,
  world: { rows, columns },
  notes: [
    "Held out from every miner: attribute swap, reworded; third thing; picture choice.",
    "With the settings of the simple level a CLIP of three layers learns little here; `--set steps=...` gives every row more.",
  ],
};
