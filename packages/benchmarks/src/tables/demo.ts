import type { TableColumn, TableSpec } from "../table.js";

const paper = "MosaiCLIP";
const fromScratch = "Swin-T pre-trained on CC-12M";
const needs = "a checkpoint, evaluated with `bench run world`; the synthetic world needs no download.";
const inFull = ["mosaiclip", "negclip", "clip"];

function choice(label: string, task: string, rest: Pick<TableColumn, "chance" | "claims">): TableColumn {
  return { label, benchmark: `world/${task}`, metric: "accuracy", needs, ...rest };
}

/** The four methods trained from scratch on the synthetic world with equal budgets. Orders are those of papers on their own data. */
export const demoTable: TableSpec = {
  name: "demo",
  title: "Compositional CLIPs trained from scratch on the synthetic world",
  rows: [
    { model: "clip", label: "CLIP" },
    { model: "negclip", label: "NegCLIP" },
    { model: "structure-clip", label: "Structure-CLIP" },
    { model: "mosaiclip", label: "MosaiCLIP" },
  ],
  columns: [
    choice("relation swap", "relation-swap", {
      chance: 0.5,
      claims: [
        {
          order: inFull,
          source: `${paper} table 3, VG-Relation: 84.3 > 82.4 > 51.0, ${fromScratch}`,
          check: "significant",
        },
        {
          order: ["structure-clip", "negclip", "clip"],
          source: "Structure-CLIP, VG-Relation: 84.7 > 81.0 > 59.8, fine-tuned",
          secondHand: true,
        },
      ],
    }),
    choice("attribute swap", "attribute-swap", {
      chance: 0.5,
      claims: [
        {
          order: inFull,
          source: `${paper} table 3, VG-Attribution: 76.8 > 66.8 > 56.6, ${fromScratch}`,
          check: "significant",
        },
        {
          order: ["structure-clip", "negclip", "clip"],
          source: "Structure-CLIP, VG-Attribution: 82.3 > 71.0 > 60.1, fine-tuned",
          secondHand: true,
        },
      ],
    }),
    choice("object replacement", "object-replacement", {
      chance: 0.5,
      claims: [
        { order: inFull, source: `${paper} table 17, VL-Checklist objects: 89.0 > 85.2 > 83.7, fine-tuned on COCO` },
      ],
    }),
    choice("relation swap, unseen", "relation-swap-unseen", { chance: 0.5 }),
    choice("attribute swap, unseen", "attribute-swap-unseen", { chance: 0.5 }),
    choice("attribute swap, reworded", "attribute-swap-reworded", { chance: 0.5 }),
    choice("noun swap", "noun-swap", { chance: 0.5 }),
    choice("productivity", "productivity", {
      chance: 0.25,
      claims: [
        { order: inFull, source: `${paper} figures 4a, 8 and 9 (curves without printed numbers), CREPE productivity` },
      ],
    }),
    {
      label: "image to text R@1",
      benchmark: "world/retrieval",
      metric: "imageToText@1",
      needs,
      claims: [
        {
          order: ["mosaiclip", "clip"],
          source: `${paper} table 4, COCO: 25.9 > 20.7, Swin-T pre-trained on YFCC-15M`,
          check: "not-worse",
        },
      ],
    },
    {
      label: "text to image R@1",
      benchmark: "world/retrieval",
      metric: "textToImage@1",
      needs,
      claims: [
        {
          order: ["mosaiclip", "clip"],
          source: `${paper} table 4, COCO: 16.5 > 13.1, Swin-T pre-trained on YFCC-15M`,
          check: "not-worse",
        },
      ],
    },
  ],
  notes: [
    "MosaiCLIP: Singh et al., EMNLP 2023 (arXiv 2305.13812). Structure-CLIP: Huang et al., AAAI 2024 (arXiv 2305.06152).",
  ],
};
