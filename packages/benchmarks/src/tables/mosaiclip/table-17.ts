import type { TableSpec } from "../../table/table-spec.js";
import { columnsOf, paperColumns } from "../paper-columns.js";
import { fineTuningRows } from "./model-rows.js";

const { vlcObject, vlcAttribute, vlcRelation } = paperColumns;

/** Table 17 of MosaiCLIP: VL-CheckList by its three parts. */
export const mosaiclipTable17: TableSpec = {
  name: "mosaiclip/17",
  title: "MosaiCLIP table 17: VL-CheckList, fine-tuning",
  rows: fineTuningRows,
  columns: [
    ...columnsOf("CC-FT", "cc-ft", [vlcObject, vlcAttribute, vlcRelation]),
    ...columnsOf("YFCC-FT", "yfcc-ft", [vlcObject, vlcAttribute, vlcRelation]),
    ...columnsOf("COCO", "coco", [vlcObject, vlcAttribute, vlcRelation]),
  ],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 17",
    secondHand: false,
    values: {
      clip: [81.6, 67.6, 63.1, 81.6, 67.6, 63.1, 81.6, 67.6, 63.1],
      "clip-ft": [81.9, 68.1, 60.2, 80.7, 66.7, 59.3, 83.7, 69.3, 60.9],
      negclip: [82.1, 68.1, 67.1, 81.0, 67.2, 63.0, 85.2, 71.4, 70.3],
      "mosaiclip-no-curriculum": [86.0, 72.2, 75.1, 84.0, 70.4, 72.6, 89.2, 77.2, 77.7],
      "mosaiclip-wise-ft": [85.3, 71.4, 72.4, 83.6, 69.5, 69.6, 88.5, 75.5, 77.0],
      mosaiclip: [86.0, 72.1, 74.8, 84.1, 70.1, 71.3, 89.0, 76.8, 78.4],
    },
    remarks: [
      "The copy that these were read in had exchanged attribute and relation cells between the data sets; they are put back so that every row's mean is the VLC of tables 1 and 8.",
    ],
  },
};
