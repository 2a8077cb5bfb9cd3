import type { TableSpec } from "../../table/table-spec.js";
import { fineTuningRows } from "./model-rows.js";
import { mosaiclipTable1 } from "./table-1.js";

/** Table 8 of MosaiCLIP: table 1 with the variants of training. */
export const mosaiclipTable8: TableSpec = {
  name: "mosaiclip/8",
  title: "MosaiCLIP table 8: curriculum and robust fine-tuning",
  rows: fineTuningRows,
  columns: [...mosaiclipTable1.columns.map(({ claims: _, ...column }) => column)],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 8, and table 1 for the rows that both have",
    secondHand: false,
    values: {
      ...mosaiclipTable1.published!.values,
      "mosaiclip-no-curriculum": [
        81.6, 76.8, 87.4, 81.4, 90.2, 79.0, 69.6, 80.6, 71.1, 40.2, 77.7, 88.91, 74.1, 67.2, 77.8, 46.6, 40.5, 75.7,
        84.97,
      ],
      "mosaiclip-wise-ft": [
        82.5, 76.2, 86.6, 80.3, 89.65, 78.8, 69.4, 82.6, 67.5, 41.2, 76.4, 88.08, 69.4, 67.0, 79.4, 48.1, 43.6, 74.2,
        83.71,
      ],
    },
  },
};
