import { mean } from "../../table/expression.js";
import type { TableSpec } from "../../table/table-spec.js";
import { paperColumns } from "../paper-columns.js";

const { rel, attr, ord } = paperColumns;

/** Table 5 of MosaiCLIP: BLIP (ViT-B, CapFilt-L, 129M) fine-tuned on COCO; a scorer that scores image and text directly. */
export const mosaiclipTable5: TableSpec = {
  name: "mosaiclip/5",
  title: "MosaiCLIP table 5: BLIP fine-tuned on COCO, ARO",
  rows: [
    { model: "blip", label: "BLIP" },
    { model: "blip-ft", label: "BLIP-FT" },
    { model: "blip-negclip", label: "BLIP + NegCLIP" },
    { model: "blip-mosaiclip", label: "BLIP + MosaiCLIP" },
  ],
  columns: [
    rel,
    attr,
    ord,
    { label: "Avg", value: mean(rel.value, attr.value, ord.value), needs: "the three columns before it." },
  ],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 5",
    secondHand: false,
    values: {
      blip: [53.5, 91.0, 53.5, 66.0],
      "blip-ft": [58.9, 88.4, 58.9, 68.7],
      "blip-negclip": [63.6, 90.7, 63.6, 72.6],
      "blip-mosaiclip": [69.9, 91.1, 69.9, 77.0],
    },
    remarks: [
      "The paper prints the same numbers under Rel and Ord; one of the two is probably a slip, so neither is fit to be checked against.",
    ],
  },
};
