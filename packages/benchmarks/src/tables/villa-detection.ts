import { metric } from "../table/expression.js";
import type { TableSpec } from "../table/table-spec.js";

const needs =
  "COCO val2017 or LVIS v1 with their images, boxes from a detector, and their scores by `bench detections`.";

/** ViLLA (Varma et al., ICCV 2023): zero-shot detection. */
export const villaDetection: TableSpec = {
  name: "villa/detection",
  title: "ViLLA: zero-shot detection on COCO and LVIS",
  rows: [
    { model: "clip", label: "CLIP" },
    { model: "region-clip", label: "RegionCLIP" },
    { model: "villa", label: "ViLLA" },
  ],
  columns: [
    { label: "COCO AP50, novel", value: metric("detection/coco", "AP50 novel"), needs },
    { label: "COCO AP50, base", value: metric("detection/coco", "AP50 base"), needs },
    { label: "COCO AP50, all", value: metric("detection/coco", "AP50"), needs },
    { label: "LVIS AP", value: metric("detection/lvis", "AP"), needs },
  ],
  notes: [
    "The paper's absolute numbers were not found. Notes give ViLLA's lead on COCO's AP50: 8.1 points over CLIP, 3.6 over RegionCLIP; on LVIS 0.6 mAP (second-hand).",
  ],
};
