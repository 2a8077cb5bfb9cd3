import type { TableSpec } from "../../table/table-spec.js";
import { columnsOf, paperColumns } from "../paper-columns.js";
import { worldEfficiency } from "../world-counterparts.js";

const { rel, attr, svo } = paperColumns;

/** Tables 10 and 11 of MosaiCLIP: how many pairs it takes. */
export const mosaiclipTable10: TableSpec = {
  name: "mosaiclip/10",
  title: "MosaiCLIP tables 10 and 11: data efficiency",
  rows: [
    { model: "negclip", label: "NegCLIP, all pairs" },
    { model: "mosaiclip-0.3", label: "MosaiCLIP, 0.3 of the pairs" },
    { model: "mosaiclip-0.5", label: "MosaiCLIP, 0.5" },
    { model: "mosaiclip-0.6", label: "MosaiCLIP, 0.6" },
    { model: "mosaiclip-0.8", label: "MosaiCLIP, 0.8" },
    { model: "mosaiclip", label: "MosaiCLIP, all pairs" },
  ],
  columns: [...columnsOf("YFCC-15M", "yfcc15m", [rel, attr, svo]), ...columnsOf("CC-FT", "cc-ft", [rel, attr, svo])],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 10 and 11",
    secondHand: false,
    values: {
      negclip: [73.6, 58.9, 76.1, 71.5, 65.4, 88.36],
      "mosaiclip-0.3": [71.6, 60.6, 70.82, 70.8, 67.7, 88.7],
      "mosaiclip-0.5": [74.3, 60.8, 74.04, 74.5, 68.6, 88.8],
      "mosaiclip-0.6": [74.7, 63.8, 75.76, 75.3, 69.3, 88.76],
      "mosaiclip-0.8": [77.0, 66.3, 77.22, 78.2, 69.8, 88.98],
      mosaiclip: [74.7, 66.1, 77.87, 79.0, 69.6, 88.91],
    },
  },
  notes: ["Pre-training on YFCC-15M (Swin-T), fine-tuning on CC-FT without the curriculum."],
  world: worldEfficiency,
};
