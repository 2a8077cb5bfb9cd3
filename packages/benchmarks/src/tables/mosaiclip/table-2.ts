import type { TableSpec } from "../../table/table-spec.js";
import { columnsOf, paperColumns } from "../paper-columns.js";

const { vlcObject, vlcAttribute, vlcRelation, rel, attr, ord, zeroShot21 } = paperColumns;

/** Tables 2 and 13 of MosaiCLIP: fine-tuning on CC3M beside contemporary work. */
export const mosaiclipTable2: TableSpec = {
  name: "mosaiclip/2",
  title: "MosaiCLIP tables 2 and 13: fine-tuning on CC3M",
  rows: [
    { model: "clip", label: "CLIP" },
    { model: "clip-ft", label: "CLIP-FT" },
    { model: "syn-clip", label: "Syn-CLIP" },
    { model: "teaching-svlc", label: "Teaching SVLC" },
    { model: "mosaiclip-no-curriculum", label: "MosaiCLIP, no curriculum" },
    { model: "mosaiclip-wise-ft", label: "MosaiCLIP, WiSE-FT" },
    { model: "mosaiclip", label: "MosaiCLIP" },
  ],
  columns: [...columnsOf("CC3M", "cc3m", [vlcObject, vlcAttribute, vlcRelation, rel, attr, ord, zeroShot21])],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 2 and 13",
    secondHand: false,
    values: {
      clip: [81.6, 67.6, 63.1, 59.9, 63.6, 53.3, 56.4],
      "clip-ft": [79.0, 64.7, 54.3, 41.7, 59.3, 25.2, 56.9],
      "syn-clip": [null, 70.4, 69.4, 71.4, 66.9, 65.1, 55.3],
      "teaching-svlc": [85.0, 72.0, 69.0, null, null, null, 54.8],
      "mosaiclip-no-curriculum": [86.4, 75.0, 69.6, 83.2, 78.6, 77.3, 54.9],
      "mosaiclip-wise-ft": [86.5, 73.6, 72.2, 82.6, 77.0, 79.9, 55.9],
      mosaiclip: [86.4, 73.7, 71.9, 83.7, 78.0, 79.4, 53.5],
    },
  },
};
