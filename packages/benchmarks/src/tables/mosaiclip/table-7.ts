import type { TableSpec } from "../../table/table-spec.js";
import { columnsOf, paperColumns } from "../paper-columns.js";
import { worldTransforms } from "../world-counterparts.js";

const { rel, attr } = paperColumns;

/** Table 7 of MosaiCLIP: graph transforms left out. */
export const mosaiclipTable7: TableSpec = {
  name: "mosaiclip/7",
  title: "MosaiCLIP table 7: ablation of the graph transforms, ARO",
  rows: [
    { model: "mosaiclip", label: "MosaiCLIP" },
    { model: "mosaiclip-no-rel", label: "without f_rel" },
    { model: "mosaiclip-no-attr", label: "without f_attr" },
    { model: "mosaiclip-no-rel-no-attr", label: "without both" },
  ],
  columns: [
    ...columnsOf("COCO", "coco", [rel, attr]),
    ...columnsOf("CC-FT", "cc-ft", [rel, attr]),
    ...columnsOf("YFCC-FT", "yfcc-ft", [rel, attr]),
  ],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 7",
    secondHand: false,
    values: {
      mosaiclip: [82.6, 78.0, 80.4, 69.8, 74.3, 66.9],
      "mosaiclip-no-rel": [81.7, 76.6, 78.8, 68.7, 73.5, 66.2],
      "mosaiclip-no-attr": [77.7, 73.2, 70.5, 68.2, 69.0, 65.9],
      "mosaiclip-no-rel-no-attr": [79.0, 70.4, 68.8, 64.9, 57.4, 63.6],
    },
  },
  world: worldTransforms,
};
