import type { TableSpec } from "../../table/table-spec.js";
import { columnsOf, paperColumns } from "../paper-columns.js";

const { rel, attr, svo } = paperColumns;

/** Table 12 of MosaiCLIP: larger batches do not help NegCLIP. */
export const mosaiclipTable12: TableSpec = {
  name: "mosaiclip/12",
  title: "MosaiCLIP table 12: NegCLIP with larger batches, CC-FT",
  rows: [
    { model: "negclip-512", label: "NegCLIP, batch 512" },
    { model: "negclip-1024", label: "NegCLIP, batch 1024" },
    { model: "negclip-2048", label: "NegCLIP, batch 2048" },
    { model: "negclip-4096", label: "NegCLIP, batch 4096" },
  ],
  columns: [...columnsOf("CC-FT", "cc-ft", [rel, attr, svo])],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 12",
    secondHand: false,
    values: {
      "negclip-512": [68.9, 65.6, 88.68],
      "negclip-1024": [67.6, 65.1, 88.93],
      "negclip-2048": [65.7, 64.2, 88.72],
      "negclip-4096": [62.5, 63.7, 88.11],
    },
  },
  notes: ["A batch of B images makes 8 B texts and images in effect, with image and text negatives."],
};
