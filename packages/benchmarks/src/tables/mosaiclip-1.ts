import type { TableSpec } from "../table.js";

const weights = "OpenAI CLIP ViT-B/32 fine-tuned on COCO; neither is run by this version";

/** Table 1 of MosaiCLIP, the columns fine-tuned on COCO. "Ord" is the mean of COCO-Order and Flickr-Order. */
export const mosaiclipTable1: TableSpec = {
  name: "mosaiclip/1",
  title: "MosaiCLIP table 1: CLIP ViT-B/32 fine-tuned on COCO",
  rows: [
    { model: "clip", label: "CLIP" },
    { model: "clip-ft", label: "CLIP-FT" },
    { model: "negclip", label: "NegCLIP" },
    { model: "mosaiclip", label: "MosaiCLIP" },
  ],
  columns: [
    {
      label: "Rel",
      benchmark: "aro/vg-relation",
      metric: "accuracy",
      chance: 0.5,
      needs: `ARO's visual_genome_relation.json and its Visual Genome images (about 1 GB; links in the loader of github.com/mertyg/vision-language-models-are-bows), and ${weights}.`,
    },
    {
      label: "Attr",
      benchmark: "aro/vg-attribution",
      metric: "accuracy",
      chance: 0.5,
      needs: `ARO's visual_genome_attribution.json and the same images as Rel, and ${weights}.`,
    },
    {
      label: "Ord",
      benchmark: "aro/order",
      metric: "accuracy",
      chance: 0.2,
      needs: `coco_karpathy_test.json and flickr30k_test.json (links in the same loader), the COCO val2014 and Flickr30k images, and ${weights}.`,
    },
    {
      label: "VLC",
      benchmark: "vl-checklist",
      metric: "accuracy",
      chance: 0.5,
      needs: `VL-Checklist's files and images (github.com/om-ai-lab/VL-CheckList; users report missing images), and ${weights}.`,
    },
    {
      label: "SVO",
      benchmark: "svo-probes",
      metric: "accuracy",
      chance: 0.5,
      needs: `svo_probes.csv (github.com/google-deepmind/svo_probes; more than half of its image links are dead), and ${weights}.`,
    },
  ],
  published: {
    source: "Singh et al., EMNLP 2023 (arXiv 2305.13812), table 1, COCO columns",
    secondHand: false,
    values: {
      clip: { Rel: 59.8, Attr: 63.2, Ord: 53.3, VLC: 70.8, SVO: 83.58 },
      "clip-ft": { Rel: 58.9, Attr: 65.3, Ord: 38.4, VLC: 71.3, SVO: 90.15 },
      negclip: { Rel: 81.7, Attr: 72.7, Ord: 85.7, VLC: 75.6, SVO: 90.2 },
      mosaiclip: { Rel: 82.6, Attr: 78.0, Ord: 87.1, VLC: 81.4, SVO: 90.67 },
    },
  },
};
