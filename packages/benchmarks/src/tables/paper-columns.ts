import { type Expression, mean, metric } from "../table/expression.js";
import type { TableColumn } from "../table/table-spec.js";

/** The columns that the papers share, by the label that they print. */
export interface PaperColumn {
  readonly label: string;
  readonly value: Expression;
  readonly needs: string;
}

const aroImages = "the images of ARO (about 1 GB)";

function define(label: string, value: Expression, needs: string): PaperColumn {
  return { label, value, needs: `${needs}: see \`bench list ${value.benchmarks[0]!.split("/")[0]}\`.` };
}

/** MosaiCLIP's name for CREPE's sets: compounds (CU, CS) and atoms (AU, AS), unseen and seen. */
export function crepeColumn(label: string, kind: "comp" | "atom", split: "seen" | "unseen", data: string): PaperColumn {
  const value = metric(`crepe/systematicity-${kind}-${split}-${data}`);
  return define(label, value, `CREPE's systematicity file of ${data} and Visual Genome images`);
}

/** ARO, VL-CheckList, SVO-Probes: columns that do not depend on the training data. */
export const paperColumns = {
  rel: define("Rel", metric("aro/vg-relation"), `visual_genome_relation.json and ${aroImages}`),
  attr: define("Attr", metric("aro/vg-attribution"), `visual_genome_attribution.json and ${aroImages}`),
  ord: define(
    "Ord",
    mean(metric("aro/coco-order"), metric("aro/flickr-order")),
    "the test cases of COCO-Order and Flickr-Order, and their images",
  ),
  vlc: define(
    "VLC",
    mean(metric("vl-checklist/object"), metric("vl-checklist/attribute"), metric("vl-checklist/relation")),
    "VL-CheckList's files and images (users report that some are missing)",
  ),
  vlcObject: define("VLC Obj", metric("vl-checklist/object"), "VL-CheckList's files and images"),
  vlcAttribute: define("VLC Attr", metric("vl-checklist/attribute"), "VL-CheckList's files and images"),
  vlcRelation: define("VLC Rel", metric("vl-checklist/relation"), "VL-CheckList's files and images"),
  svo: define("SVO", metric("svo-probes"), "svo_probes.csv and the images of its links (many are dead)"),
  svoObject: define("SVO Obj", metric("svo-probes", "accuracy/obj"), "svo_probes.csv and the images of its links"),
  svoSubject: define("SVO Subj", metric("svo-probes", "accuracy/subj"), "svo_probes.csv and the images of its links"),
  svoVerb: define("SVO Verb", metric("svo-probes", "accuracy/verb"), "svo_probes.csv and the images of its links"),
} as const;

/** Columns under a heading that names the training data: "COCO Rel" counts models of the scale "coco" only. */
export function columnsOf(heading: string, scale: string, columns: readonly PaperColumn[]): readonly TableColumn[] {
  return columns.map(({ label, value, needs }) => ({
    label: `${heading} ${label}`,
    value,
    scale,
    needs: `${needs.replace(/\.$/, "")}, and models of the scale "${scale}".`,
  }));
}
