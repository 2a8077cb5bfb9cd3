import type { TableSpec } from "../../table/table-spec.js";
import { columnsOf, imagenetShifts } from "../paper-columns.js";
import { preTrainingRows } from "./model-rows.js";

/** Table 15 of MosaiCLIP: zero-shot classification under shifts of ImageNet. */
export const mosaiclipTable15: TableSpec = {
  name: "mosaiclip/15",
  title: "MosaiCLIP table 15: shifts of ImageNet, top 1 and top 5",
  rows: preTrainingRows,
  columns: [...columnsOf("CC-12M", "cc12m", imagenetShifts), ...columnsOf("YFCC-15M", "yfcc15m", imagenetShifts)],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 15",
    secondHand: false,
    values: {
      "swin-clip": [6.4, 24.5, 42.6, 68.8, 22.2, 45.5, 28.2, 54.1, 10.9, 34.2, 20.6, 42.0, 6.4, 16.7, 26.1, 49.9],
      "swin-negclip": [6.6, 25.0, 43.1, 68.7, 22.2, 45.4, 29.4, 55.2, 11.4, 35.6, 20.0, 41.7, 6.0, 16.0, 27.2, 50.7],
      "swin-mosaiclip": [9.1, 29.4, 48.6, 74.3, 27.2, 52.6, 33.6, 61.6, 14.6, 40.2, 22.3, 44.9, 6.8, 17.7, 32.0, 57.2],
      "rn50-clip": [7.3, 27.4, 41.4, 67.8, 21.7, 44.3, 29.8, 56.4, 13.4, 37.3, 17.2, 37.2, 4.9, 13.6, 25.8, 49.4],
      "rn50-negclip": [7.7, 27.7, 41.0, 66.9, 21.7, 43.9, 30.2, 56.0, 12.9, 38.0, 18.0, 37.3, 5.1, 14.7, 26.0, 49.0],
      "rn50-mosaiclip": [11.1, 35.6, 52.1, 76.9, 29.5, 55.4, 37.0, 66.5, 17.4, 46.6, 21.0, 42.7, 6.5, 16.9, 32.2, 57.9],
    },
  },
};
