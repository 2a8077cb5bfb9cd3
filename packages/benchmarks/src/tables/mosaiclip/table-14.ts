import type { TableSpec } from "../../table/table-spec.js";
import { columnsOf, paperColumns } from "../paper-columns.js";

const { rel, attr, ord, svoObject, svoSubject, svoVerb } = paperColumns;

/** Table 14 of MosaiCLIP: three training seeds, CC-FT. */
export const mosaiclipTable14: TableSpec = {
  name: "mosaiclip/14",
  title: "MosaiCLIP table 14: mean and deviation of three seeds, CC-FT",
  rows: [
    { model: "clip-ft", label: "CLIP-FT" },
    { model: "negclip", label: "NegCLIP" },
    { model: "mosaiclip-no-curriculum", label: "MosaiCLIP, no curriculum" },
    { model: "mosaiclip", label: "MosaiCLIP" },
  ],
  columns: [...columnsOf("CC-FT", "cc-ft", [rel, attr, ord, svoObject, svoSubject, svoVerb])],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 14",
    secondHand: false,
    values: {
      "clip-ft": [58.1, 63.3, 42.7, 93.17, 88.64, 83.87],
      negclip: [71.5, 65.4, 84.5, 92.9, 88.16, 84.02],
      "mosaiclip-no-curriculum": [79.0, 69.6, 80.6, 93.37, 89.74, 83.62],
      mosaiclip: [80.4, 69.8, 85.5, 93.45, 89.39, 83.35],
    },
    deviations: {
      "clip-ft": [0.63, 0.28, 0.18, 0.11, 0.17, 0.03],
      negclip: [0.4, 0.58, 0.11, 0.09, 0.11, 0.02],
      "mosaiclip-no-curriculum": [0.66, 0.19, 0.17, 0.04, 0.13, 0.04],
      mosaiclip: [0.63, 0.21, 0.16, 0.04, 0.07, 0.05],
    },
  },
};
