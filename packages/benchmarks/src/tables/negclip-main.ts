import { metric } from "../table/expression.js";
import type { TableSpec } from "../table/table-spec.js";
import { paperColumns, retrievalColumns } from "./paper-columns.js";

const { rel } = paperColumns;
const { cocoImageToText, cocoTextToImage, flickrImageToText, flickrTextToImage } = retrievalColumns;

/** NegCLIP beside CLIP and CLIP fine-tuned without negatives (Yuksekgonul et al., ICLR 2023, appendix C). */
export const negclipMain: TableSpec = {
  name: "negclip/main",
  title: "NegCLIP: retrieval and word order",
  rows: [
    { model: "clip", label: "CLIP" },
    { model: "clip-ft", label: "CLIP-FT" },
    { model: "negclip", label: "NegCLIP" },
  ],
  columns: [
    cocoTextToImage,
    cocoImageToText,
    flickrTextToImage,
    flickrImageToText,
    rel,
    { label: "COCO-Order", value: metric("aro/coco-order"), needs: "the test cases of COCO-Order and COCO val2014." },
  ],
  published: {
    source: "Yuksekgonul et al., ICLR 2023 (arXiv 2210.01936), appendix C, read in notes about the paper",
    secondHand: true,
    values: {
      clip: [30, 50, 59, 78, 59, 46],
      "clip-ft": [42, 59, 67, 83, 63, 36],
      negclip: [41, 56, 67, 79, 81, 86],
    },
  },
};
