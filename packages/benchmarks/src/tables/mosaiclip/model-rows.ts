import type { TableSpec } from "../../table/table-spec.js";

/** The models of the tables on fine-tuning, with the variants of training. */
export const fineTuningRows: TableSpec["rows"] = [
  { model: "clip", label: "CLIP" },
  { model: "clip-ft", label: "CLIP-FT" },
  { model: "negclip", label: "NegCLIP" },
  { model: "mosaiclip-no-curriculum", label: "MosaiCLIP, no curriculum" },
  { model: "mosaiclip-wise-ft", label: "MosaiCLIP, WiSE-FT" },
  { model: "mosaiclip", label: "MosaiCLIP" },
];

/** The models of the tables on pre-training from scratch. */
export const preTrainingRows: TableSpec["rows"] = [
  { model: "swin-clip", label: "Swin-T CLIP" },
  { model: "swin-negclip", label: "Swin-T NegCLIP" },
  { model: "swin-mosaiclip", label: "Swin-T MosaiCLIP" },
  { model: "rn50-clip", label: "ResNet-50 CLIP" },
  { model: "rn50-negclip", label: "ResNet-50 NegCLIP" },
  { model: "rn50-mosaiclip", label: "ResNet-50 MosaiCLIP" },
];
