import type { TableSpec } from "../../table/table-spec.js";
import { compositionalColumns as preTrained } from "../paper-columns.js";
import { preTrainingRows } from "./model-rows.js";

/** Table 3 of MosaiCLIP: pre-training from scratch on CC-12M and YFCC-15M. */
export const mosaiclipTable3: TableSpec = {
  name: "mosaiclip/3",
  title: "MosaiCLIP table 3: pre-training on CC-12M and YFCC-15M",
  rows: preTrainingRows,
  columns: [...preTrained("CC-12M", "cc12m", "cc12m"), ...preTrained("YFCC-15M", "yfcc15m", "yfcc")],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 3",
    secondHand: false,
    values: {
      "swin-clip": [51.0, 56.6, 25.5, 44.1, 37.3, 65.6, 82.21, 53.8, 56.2, 18.4, 39.6, 41.7, 66.2, 76.27],
      "swin-negclip": [82.4, 66.8, 59.7, 80.3, 39.6, 70.0, 82.04, 73.6, 58.9, 35.5, 47.1, 41.5, 66.0, 76.1],
      "swin-mosaiclip": [84.3, 76.8, 55.5, 92.1, 44.5, 72.4, 85.62, 74.7, 66.1, 35.8, 89.6, 45.3, 71.8, 77.87],
      "rn50-clip": [52.9, 59.7, 22.6, 42.9, 36.7, 66.2, 82.13, 57.8, 55.1, 18.3, 38.9, 38.9, 64.8, 75.6],
      "rn50-negclip": [80.5, 66.5, 60.5, 82.0, 41.4, 69.5, 82.03, 68.0, 58.5, 37.1, 67.2, 41.5, 66.1, 75.18],
      "rn50-mosaiclip": [82.0, 78.5, 55.4, 92.6, 44.4, 72.6, 83.86, 76.3, 68.9, 38.2, 90.2, 45.0, 72.3, 77.42],
    },
  },
  notes: ['The paper\'s column "Meta", the mean over all others, is left out.'],
};
