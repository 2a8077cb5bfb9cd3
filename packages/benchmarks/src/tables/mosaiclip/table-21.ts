import type { TableSpec } from "../../table/table-spec.js";
import { columnsOf, systematicity } from "../paper-columns.js";
import { fineTuningRows } from "./model-rows.js";

/** Table 21 of MosaiCLIP: CREPE systematicity, fine-tuning. */
export const mosaiclipTable21: TableSpec = {
  name: "mosaiclip/21",
  title: "MosaiCLIP table 21: CREPE systematicity R@1, fine-tuning",
  rows: fineTuningRows,
  columns: [
    ...columnsOf("CC-FT", "cc-ft", systematicity("cc12m")),
    ...columnsOf("YFCC-FT", "yfcc-ft", systematicity("yfcc")),
  ],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 21",
    secondHand: false,
    values: {
      clip: [48.3, 45.1, 39.2, 35.0, 42.0, 39.8, 43.4, 39.5],
      "clip-ft": [48.5, 45.8, 40.0, 35.6, 39.1, 36.4, 42.4, 38.3],
      negclip: [55.1, 53.1, 41.5, 37.5, 41.9, 38.8, 42.8, 39.0],
      "mosaiclip-no-curriculum": [71.4, 71.1, 45.3, 40.2, 50.1, 46.6, 44.9, 40.5],
      "mosaiclip-wise-ft": [68.4, 67.5, 46.1, 41.2, 48.9, 48.1, 46.2, 43.6],
      mosaiclip: [73.1, 72.4, 46.2, 40.9, 52.3, 48.8, 45.7, 41.5],
    },
  },
  notes: ["The authors recomputed CLIP, because CREPE's first code did not normalise embeddings."],
};
