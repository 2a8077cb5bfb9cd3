import type { TableSpec } from "../table/table-spec.js";
import { paperColumns } from "./paper-columns.js";
import { worldStructureClip } from "./world-counterparts.js";

const { attr, rel } = paperColumns;

/** Structure-CLIP's ablation (Huang et al., AAAI 2024). */
export const structureClipAblation: TableSpec = {
  name: "structure-clip/ablation",
  title: "Structure-CLIP: what its parts bring",
  rows: [
    { model: "clip", label: "CLIP-Base" },
    { model: "clip-ft", label: "fine-tuned" },
    { model: "random-negatives", label: "+ random negatives" },
    { model: "structure-clip-no-knowledge", label: "+ semantic negatives" },
    { model: "structure-clip-no-negatives", label: "knowledge encoder only" },
    { model: "structure-clip", label: "all" },
  ],
  columns: [attr, rel],
  published: {
    source: "Huang et al., AAAI 2024 (arXiv 2305.06152), read in notes about the paper",
    secondHand: true,
    values: {
      clip: [60.1, 59.8],
      "clip-ft": [64.0, 66.5],
      "random-negatives": [73.9, 77.7],
      "structure-clip-no-knowledge": [77.8, 79.0],
      "structure-clip-no-negatives": [65.7, 68.8],
      "structure-clip": [82.3, 84.7],
    },
    remarks: [
      "The notes give gains over CLIP-Base (+3.9/+6.7, +13.8/+17.9, +17.7/+19.2, +5.6/+9.0, +22.2/+24.9); here they are added to its 60.1 and 59.8.",
    ],
  },
  world: worldStructureClip,
};
