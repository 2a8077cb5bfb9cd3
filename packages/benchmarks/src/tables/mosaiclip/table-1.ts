import type { TableSpec } from "../../table/table-spec.js";
import { columnsOf, compositionalColumns, paperColumns } from "../paper-columns.js";
import { worldFineTuning } from "../world-counterparts.js";

const { rel, attr, ord, vlc, svo } = paperColumns;
/** Table 1 of MosaiCLIP: CLIP ViT-B/32 (for CREPE ResNet-50) fine-tuned on COCO and on 100,000 pairs of CC-12M and of YFCC-15M. */
export const mosaiclipTable1: TableSpec = {
  name: "mosaiclip/1",
  title: "MosaiCLIP table 1: fine-tuning on COCO, CC-FT and YFCC-FT",
  rows: [
    { model: "clip", label: "CLIP" },
    { model: "clip-ft", label: "CLIP-FT" },
    { model: "negclip", label: "NegCLIP" },
    { model: "mosaiclip", label: "MosaiCLIP" },
  ],
  columns: [
    ...columnsOf("COCO", "coco", [rel, attr, ord, vlc, svo]),
    ...compositionalColumns("CC-FT", "cc-ft", "cc12m"),
    ...compositionalColumns("YFCC-FT", "yfcc-ft", "yfcc"),
  ],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 1",
    secondHand: false,
    values: {
      clip: [
        ...[59.8, 63.2, 53.3, 70.8, 83.58],
        ...[59.8, 63.2, 53.3, 45.1, 35.0, 70.8, 83.58],
        ...[59.8, 63.2, 53.3, 39.8, 39.5, 70.8, 83.58],
      ],
      "clip-ft": [
        ...[58.9, 65.3, 38.4, 71.3, 90.15],
        ...[58.1, 63.3, 42.7, 45.8, 35.6, 70.1, 88.56],
        ...[51.4, 63.1, 25.3, 36.4, 38.3, 68.9, 85.27],
      ],
      negclip: [
        ...[81.7, 72.7, 85.7, 75.6, 90.2],
        ...[71.5, 65.4, 84.5, 53.1, 37.5, 72.4, 88.36],
        ...[57.8, 63.1, 52.1, 38.8, 39.0, 70.4, 83.9],
      ],
      mosaiclip: [
        ...[82.6, 78.0, 87.1, 81.4, 90.67],
        ...[80.4, 69.8, 85.5, 72.4, 40.9, 77.6, 88.73],
        ...[74.3, 66.9, 84.4, 48.8, 41.5, 75.1, 85.36],
      ],
    },
  },
  notes: ['"Ord" is the mean of COCO-Order and Flickr-Order; VLC and SVO are means over their three parts.'],
  world: worldFineTuning,
};
