import { metric } from "../table/expression.js";
import type { TableSpec } from "../table/table-spec.js";

const needs = "DocMNIST (built from MNIST's files) and models trained on it.";

/** ViLLA (Varma et al., ICCV 2023): region-text retrieval. */
export const villaRetrieval: TableSpec = {
  name: "villa/retrieval",
  title: "ViLLA: region-text retrieval, R-Precision",
  rows: [
    { model: "clip", label: "CLIP" },
    { model: "clip-ft-img", label: "CLIP-FT-Img" },
    { model: "region-clip", label: "RegionCLIP" },
    { model: "villa", label: "ViLLA" },
  ],
  columns: [
    { label: "text to region", value: metric("docmnist/region-retrieval-16", "textToRegion"), needs },
    { label: "region to text", value: metric("docmnist/region-retrieval-16", "regionToText"), needs },
  ],
  notes: [
    "The paper's absolute numbers were not found. Notes give ViLLA's lead over the best baseline (CLIP-FT-Img) on DocMNIST: 14.2 points from text to region, 7.8 from region to text (second-hand).",
  ],
};
