import type { TableSpec } from "../../table/table-spec.js";
import { columnsOf, retrievalColumns } from "../paper-columns.js";

const { cocoImageToText, cocoTextToImage, flickrImageToText, flickrTextToImage, retrievalMean } = retrievalColumns;

/** Table 4 of MosaiCLIP: retrieval, Swin-T pre-trained on YFCC-15M. */
export const mosaiclipTable4: TableSpec = {
  name: "mosaiclip/4",
  title: "MosaiCLIP table 4: retrieval R@1, Swin-T pre-trained on YFCC-15M",
  rows: [
    { model: "clip", label: "CLIP" },
    { model: "negclip", label: "NegCLIP" },
    { model: "mosaiclip", label: "MosaiCLIP" },
  ],
  columns: [
    ...columnsOf("YFCC-15M", "yfcc15m", [
      cocoImageToText,
      cocoTextToImage,
      flickrImageToText,
      flickrTextToImage,
      retrievalMean,
    ]),
  ],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 4",
    secondHand: false,
    values: {
      clip: [20.7, 13.1, 36.2, 24.1, 23.5],
      negclip: [20.1, 12.9, 38.6, 23.3, 23.7],
      mosaiclip: [25.9, 16.5, 44.5, 29.5, 29.1],
    },
  },
};
