import type { TableSpec } from "../table/table-spec.js";
import { retrievalColumns } from "./paper-columns.js";
import { worldSemanticGuidance } from "./world-counterparts.js";

const { cocoTextToImage, docciTextToImage } = retrievalColumns;

/** The ablation of Improved Semantic Guidance (Stone et al., 2024). */
export const semanticGuidanceAblation: TableSpec = {
  name: "semantic-guidance/ablation",
  title: "Semantic Guidance: what its parts bring",
  rows: [
    { model: "scratch-alt-text", label: "from scratch, alt-text" },
    { model: "scratch-recaptions", label: "from scratch, recaptions" },
    { model: "pretrained-alt-text", label: "pre-trained encoder, alt-text" },
    { model: "pretrained-recaptions", label: "pre-trained encoder, recaptions" },
    { model: "sentence-sampling", label: "+ sentence sampling" },
    { model: "hard-negatives", label: "+ hard-negative fine-tuning" },
  ],
  columns: [cocoTextToImage, docciTextToImage],
  published: {
    source: "Stone et al., 2024 (arXiv 2412.15396), read in notes about the CVPR 2025 version",
    secondHand: true,
    values: {
      "scratch-alt-text": [47.8, 53.5],
      "scratch-recaptions": [46.5, 75.6],
      "pretrained-alt-text": [48.3, 67.2],
      "pretrained-recaptions": [51.9, 91.6],
      "sentence-sampling": [56.3, 93.0],
      "hard-negatives": [54.1, 88.1],
    },
    remarks: ["The notes do not say the direction of R@1; here text to image."],
  },
  world: worldSemanticGuidance,
};
