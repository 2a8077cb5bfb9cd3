import { elevaterSets } from "../definitions/image-sets.js";
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
  zeroShot21: define(
    "ZS(21)",
    mean(...[...elevaterSets, "imagenet"].map((set) => metric(`zero-shot/${set}`))),
    "ELEVATER's 20 sets and ImageNet",
  ),
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

const karpathy = "the Karpathy test split and its images";

/** Retrieval among the Karpathy test images, and DOCCI's. */
export const retrievalColumns = {
  cocoImageToText: define("COCO I2T", metric("retrieval/coco", "imageToText@1"), karpathy),
  cocoTextToImage: define("COCO T2I", metric("retrieval/coco", "textToImage@1"), karpathy),
  flickrImageToText: define("Flickr I2T", metric("retrieval/flickr30k", "imageToText@1"), karpathy),
  flickrTextToImage: define("Flickr T2I", metric("retrieval/flickr30k", "textToImage@1"), karpathy),
  retrievalMean: define(
    "avg",
    mean(
      ...["coco", "flickr30k"].flatMap((set) =>
        ["imageToText@1", "textToImage@1"].map((name) => metric(`retrieval/${set}`, name)),
      ),
    ),
    karpathy,
  ),
  docciTextToImage: define("DOCCI T2I", metric("retrieval/docci", "textToImage@1"), "DOCCI's descriptions and images"),
} as const;

const sugarcrepeFiles = ["add_att", "add_obj", "replace_att", "replace_obj", "replace_rel", "swap_att", "swap_obj"];

/** The unweighted mean of SugarCrepe's seven files. */
export const sugarcrepeMean = define(
  "SugarCrepe",
  mean(...sugarcrepeFiles.map((file) => metric(`sugarcrepe/${file}`))),
  "SugarCrepe's seven files and COCO val2017",
);

/** CREPE's systematicity for models of one training set: compounds and atoms, seen and unseen. */
export function systematicity(data: string): readonly PaperColumn[] {
  return [
    crepeColumn("Comp seen", "comp", "seen", data),
    crepeColumn("Comp unseen", "comp", "unseen", data),
    crepeColumn("Atom seen", "atom", "seen", data),
    crepeColumn("Atom unseen", "atom", "unseen", data),
  ];
}

/** Rel, Attr, Ord, CU, AU, VLC, SVO under a heading: the columns of MosaiCLIP's tables 1, 3 and 8. */
export function compositionalColumns(heading: string, scale: string, data: string): readonly TableColumn[] {
  const { rel, attr, ord, vlc, svo } = paperColumns;
  const [unseenCompounds, unseenAtoms] = [
    crepeColumn("CU", "comp", "unseen", data),
    crepeColumn("AU", "atom", "unseen", data),
  ];
  return columnsOf(heading, scale, [rel, attr, ord, unseenCompounds, unseenAtoms, vlc, svo]);
}

/** Top 1 and top 5 on ImageNet-A, -R, -Sketch and -V2. */
export const imagenetShifts: readonly PaperColumn[] = ["a", "r", "sketch", "v2"].flatMap((shift) =>
  [1, 5].map((cutoff) =>
    define(`IN-${shift} top ${cutoff}`, metric(`zero-shot/imagenet-${shift}`, `top${cutoff}`), `ImageNet-${shift}`),
  ),
);
