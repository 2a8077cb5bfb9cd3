import type { TableSpec } from "../../table/table-spec.js";
import { columnsOf, systematicity } from "../paper-columns.js";
import { preTrainingRows } from "./model-rows.js";

/** Table 22 of MosaiCLIP: CREPE systematicity, pre-training. */
export const mosaiclipTable22: TableSpec = {
  name: "mosaiclip/22",
  title: "MosaiCLIP table 22: CREPE systematicity R@1, pre-training",
  rows: preTrainingRows,
  columns: [
    ...columnsOf("CC-12M", "cc12m", systematicity("cc12m")),
    ...columnsOf("YFCC-15M", "yfcc15m", systematicity("yfcc")),
  ],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 22",
    secondHand: false,
    values: {
      "swin-clip": [45.9, 44.1, 41.7, 37.3, 40.2, 39.6, 42.9, 41.7],
      "swin-negclip": [76.4, 80.3, 45.1, 39.6, 47.3, 47.1, 43.2, 41.5],
      "swin-mosaiclip": [85.3, 92.1, 49.3, 44.5, 80.7, 89.6, 48.2, 45.3],
      "rn50-clip": [44.9, 42.9, 40.9, 36.7, 38.7, 38.9, 40.6, 38.9],
      "rn50-negclip": [78.6, 82.0, 46.8, 41.4, 61.5, 67.2, 43.5, 41.5],
      "rn50-mosaiclip": [85.3, 92.6, 47.8, 44.4, 80.1, 90.2, 46.6, 45.0],
    },
  },
};
