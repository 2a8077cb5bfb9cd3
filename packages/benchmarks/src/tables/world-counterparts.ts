import { metric } from "../table/expression.js";
import type { WorldCounterpart, WorldRow } from "../table/table-spec.js";

const base: WorldRow = { model: "base", label: "CLIP", recipe: "clip" };
const fineTuned = (model: string, label: string, recipe: string, set?: WorldRow["set"]): WorldRow => ({
  ...{ model, label, recipe, from: "base" },
  ...(set && { set }),
});
const mosaiclip = (model: string, label: string, set?: WorldRow["set"]) => fineTuned(model, label, "mosaiclip", set);

/** A user's own miner takes the place of NegCLIP's. */
const minerRow = { recipe: "negclip", from: "base" } as const;

const relation = { label: "Rel", value: metric("world/relation-swap") };
const attribute = { label: "Attr", value: metric("world/attribute-swap") };
const retrieval = { label: "T2I", value: metric("world/retrieval") };
const inFull = ["mosaiclip", "negclip", "clip-ft"];

/** Fine-tuning: relation and attribute swaps for ARO, unseen compounds for CREPE, replacements for VL-CheckList, picture choice for SVO. */
export const worldFineTuning: WorldCounterpart = {
  minerRow,
  rows: [
    base,
    { ...fineTuned("clip-ft", "CLIP-FT", "clip"), scale: "world-ft" },
    fineTuned("negclip", "NegCLIP", "negclip"),
    mosaiclip("mosaiclip", "MosaiCLIP"),
  ],
  columns: [
    { ...relation, claims: [{ order: inFull, source: "MosaiCLIP table 1, COCO: 82.6 > 81.7 > 58.9" }] },
    { ...attribute, claims: [{ order: inFull, source: "MosaiCLIP table 1, COCO: 78.0 > 72.7 > 65.3" }] },
    { label: "Rel, unseen compounds", value: metric("world/relation-swap-unseen") },
    { label: "Attr, unseen compounds", value: metric("world/attribute-swap-unseen") },
    { label: "VLC Obj", value: metric("world/object-replacement") },
    { label: "VLC Attr", value: metric("world/attribute-replacement") },
    { label: "VLC Rel", value: metric("world/relation-replacement") },
    { label: "picture choice", value: metric("world/picture-choice") },
    retrieval,
  ],
};

/** The transforms of the graph left out one by one. */
export const worldTransforms: WorldCounterpart = {
  minerRow,
  rows: [
    base,
    mosaiclip("mosaiclip", "MosaiCLIP"),
    mosaiclip("mosaiclip-no-rel", "without f_rel", { relations: false }),
    mosaiclip("mosaiclip-no-attr", "without f_attr", { attributes: false }),
    mosaiclip("mosaiclip-no-rel-no-attr", "without both", { relations: false, attributes: false }),
  ],
  columns: [
    {
      ...relation,
      claims: [
        { order: ["mosaiclip", "mosaiclip-no-rel"], source: "MosaiCLIP table 7, COCO: 82.6 > 81.7" },
        { order: ["mosaiclip", "mosaiclip-no-rel-no-attr"], source: "MosaiCLIP table 7, COCO: 82.6 > 79.0" },
      ],
    },
    {
      ...attribute,
      claims: [
        { order: ["mosaiclip", "mosaiclip-no-attr"], source: "MosaiCLIP table 7, COCO: 78.0 > 73.2" },
        { order: ["mosaiclip", "mosaiclip-no-rel-no-attr"], source: "MosaiCLIP table 7, COCO: 78.0 > 70.4" },
      ],
    },
  ],
};

/** The same method on fewer scenes, for as many epochs. */
export const worldEfficiency: WorldCounterpart = {
  minerRow,
  rows: [
    base,
    fineTuned("negclip", "NegCLIP, all pairs", "negclip"),
    ...[0.3, 0.5, 0.8].map((share) =>
      mosaiclip(`mosaiclip-${share}`, `MosaiCLIP, ${share} of the pairs`, {
        "world.train": Math.round(8192 * share),
        steps: Math.round(1200 * share),
      }),
    ),
    mosaiclip("mosaiclip", "MosaiCLIP, all pairs"),
  ],
  columns: [
    {
      ...relation,
      claims: [
        { order: ["mosaiclip", "negclip"], source: "MosaiCLIP table 11, CC-FT: 79.0 > 71.5" },
        { order: ["mosaiclip-0.5", "negclip"], source: "MosaiCLIP table 11, CC-FT, half of the pairs: 74.5 > 71.5" },
      ],
    },
    {
      ...attribute,
      claims: [
        { order: ["mosaiclip", "negclip"], source: "MosaiCLIP table 11, CC-FT: 69.6 > 65.4" },
        { order: ["mosaiclip-0.5", "negclip"], source: "MosaiCLIP table 11, CC-FT, half of the pairs: 68.6 > 65.4" },
      ],
    },
    { label: "picture choice", value: metric("world/picture-choice") },
  ],
};

const partsInFull = ["structure-clip", "structure-clip-no-knowledge", "random-negatives", "clip-ft"];

/** Structure-CLIP's parts. */
export const worldStructureClip: WorldCounterpart = {
  minerRow,
  rows: [
    base,
    { ...fineTuned("clip-ft", "fine-tuned", "clip"), scale: "world-ft" },
    fineTuned("random-negatives", "+ random negatives", "negclip"),
    fineTuned("structure-clip-no-knowledge", "+ semantic negatives", "structure-clip", { knowledgeWeight: 0 }),
    fineTuned("structure-clip-no-negatives", "knowledge encoder only", "structure-clip", { semanticNegatives: false }),
    fineTuned("structure-clip", "all", "structure-clip"),
  ],
  columns: [
    {
      ...attribute,
      claims: [
        { order: partsInFull, source: "Structure-CLIP's ablation: 82.3 > 77.8 > 73.9 > 64.0", secondHand: true },
      ],
    },
    {
      ...relation,
      claims: [
        { order: partsInFull, source: "Structure-CLIP's ablation: 84.7 > 79.0 > 77.7 > 66.5", secondHand: true },
      ],
    },
  ],
};

/** Semantic Guidance's parts, on long descriptions. */
export const worldSemanticGuidance: WorldCounterpart = {
  minerRow: { recipe: "semantic-guidance" },
  rows: [
    ["scratch-alt-text", "plain captions", { recaption: "none", sampling: false, hardNegativeSteps: 0 }] as const,
    ["scratch-recaptions", "recaptions", { sampling: false, hardNegativeSteps: 0 }] as const,
    ["sentence-sampling", "+ sentence sampling", { hardNegativeSteps: 0 }] as const,
    ["hard-negatives", "+ hard-negative fine-tuning", {}] as const,
  ].map(([model, label, set]) => ({ model, label, recipe: "semantic-guidance", set })),
  columns: [
    {
      label: "simple T2I",
      value: metric("world/retrieval"),
      claims: [
        {
          order: ["sentence-sampling", "scratch-recaptions"],
          source: "Semantic Guidance's ablation, COCO, pre-trained encoder: 56.3 > 51.9",
          secondHand: true,
        },
      ],
    },
    {
      label: "long T2I",
      value: metric("world-long/retrieval"),
      claims: [
        {
          order: ["sentence-sampling", "scratch-recaptions", "scratch-alt-text"],
          source: "Semantic Guidance's ablation, DOCCI, pre-trained encoder: 93.0 > 91.6 > 67.2",
          secondHand: true,
        },
      ],
    },
    relation,
    attribute,
  ],
};
