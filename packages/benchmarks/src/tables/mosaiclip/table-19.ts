import type { TableSpec } from "../../table/table-spec.js";
import { columnsOf, paperColumns } from "../paper-columns.js";
import { fineTuningRows } from "./model-rows.js";

const { svoObject, svoSubject, svoVerb, svo } = paperColumns;

/** Table 19 of MosaiCLIP: SVO-Probes by what differs. */
export const mosaiclipTable19: TableSpec = {
  name: "mosaiclip/19",
  title: "MosaiCLIP table 19: SVO-Probes, fine-tuning",
  rows: fineTuningRows,
  columns: [
    ...columnsOf("CC-FT", "cc-ft", [svoObject, svoSubject, svoVerb, svo]),
    ...columnsOf("YFCC-FT", "yfcc-ft", [svoObject, svoSubject, svoVerb, svo]),
    ...columnsOf("COCO", "coco", [svoObject, svoSubject, svoVerb, svo]),
  ],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 19",
    secondHand: false,
    values: {
      clip: [88.13, 83.85, 78.76, 83.58, 88.13, 83.85, 78.76, 83.58, 88.13, 83.85, 78.76, 83.58],
      "clip-ft": [93.17, 88.64, 83.87, 88.56, 89.63, 85.83, 80.36, 85.27, 93.6, 91.37, 85.48, 90.15],
      negclip: [92.9, 88.16, 84.02, 88.36, 88.43, 84.05, 79.21, 83.9, 93.59, 91.43, 85.58, 90.2],
      "mosaiclip-no-curriculum": [93.37, 89.74, 83.62, 88.91, 89.49, 85.59, 79.83, 84.97, 94.14, 92.22, 84.23, 90.2],
      "mosaiclip-wise-ft": [92.65, 88.69, 82.9, 88.08, 87.86, 84.97, 78.3, 83.71, 93.13, 92.07, 83.75, 89.65],
      mosaiclip: [93.45, 89.39, 83.35, 88.73, 89.93, 86.45, 79.71, 85.36, 94.16, 93.04, 84.82, 90.67],
    },
  },
};
