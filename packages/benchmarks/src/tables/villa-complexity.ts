import { metric } from "../table/expression.js";
import type { TableSpec } from "../table/table-spec.js";

const needs = "DocMNIST built at several complexities, and models trained on each.";
/** The least and the greatest mean complexity of the paper, and some between. */
const complexities = [5, 10, 15, 20, 25, 29.4];

/** ViLLA (Varma et al., ICCV 2023): how region-text retrieval falls with pairwise complexity. */
export const villaComplexity: TableSpec = {
  name: "villa/complexity",
  title: "ViLLA: retrieval over pairwise complexity, DocMNIST",
  rows: [
    { model: "clip", label: "one-to-one (CLIP)" },
    { model: "villa", label: "ViLLA" },
  ],
  columns: [
    { label: "text to region", value: metric("docmnist/retrieval", "textToRegion"), needs },
    { label: "region to text", value: metric("docmnist/retrieval", "regionToText"), needs },
  ],
  curves: ["textToRegion", "regionToText"].map((direction) => ({
    label: `${direction}, R-Precision`,
    axis: "pairwise complexity",
    points: complexities.map((at) => ({ at, value: metric(`docmnist/retrieval-${at}`, direction) })),
  })),
  notes: [
    "The paper's absolute numbers were not found. Notes give the fall of a one-to-one model between the complexities 5.0 and 29.4: 36.9 % from text to region, 20.5 % from region to text (second-hand).",
  ],
};
