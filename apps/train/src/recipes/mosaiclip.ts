/**
 * MosaiCLIP (Singh et al., EMNLP 2023): sub-graphs of the caption's scene graph are positives, edited ones negatives, in a contrastive loss
 * with several positives; a curriculum from one of each to three and six; the image tower averaged with that before fine-tuning.
 *
 *     train run mosaiclip --set pretrained=runs/base                        on the synthetic world
 *     train run mosaiclip --scale coco --set data=<COCO>                    Table 1, COCO columns
 *
 * Ablations (Table 7, 8): --set relations=false (no f_rel), --set attributes=false (no f_attr), --set curriculum=0, --set wiseFt=0.
 * Expected (Table 1, COCO): VG-Relation 82.6, VG-Attribution 78.0, order 87.1, VL-CheckList 81.4, SVO 90.67. Table 3 (CC-12M, Swin-T):
 * 84.3, 76.8, 55.5. WiSE-FT (Table 8, COCO): 82.5, 76.2, 86.6.
 */
import { mosaiclipLoss } from "@tesserae/losses";
import {
  caption,
  minedNegatives,
  mosaiclipForms,
  type NegativeMiner,
  negclip,
  subGraphPairs,
  type VocabularyOption,
} from "@tesserae/negatives";
import { defineRecipe } from "../recipe/define-recipe.js";
import { train } from "../steps/train.js";
import { wiseFt } from "../steps/wise-ft.js";
import { mosaiclipFineTuning, mosaiclipPreTraining, mosaiclipWorld, photos, smoke } from "./scales.js";

/** What both of the paper's set-ups share: Visual Genome's word lists, drawn from uniformly. */
const paper = { vocabulary: "visual-genome-vocabulary" as VocabularyOption, checked: false };
const fineTuning = { ...mosaiclipFineTuning, ...paper };
const preTraining = { ...mosaiclipPreTraining, ...paper, swap: 1, curriculum: 0, wiseFt: 0 };

/** Weights that leave out all forms of f_rel or of f_attr, single and combined. */
const without = (flags: { readonly relations: boolean; readonly attributes: boolean }) => {
  const isOut = (form: string) => !(form.startsWith("relation") ? flags.relations : flags.attributes);
  return Object.fromEntries(mosaiclipForms.filter(isOut).map((form) => [form, 0]));
};

export const mosaiclip = defineRecipe({
  name: "mosaiclip",
  flags: {
    miner: undefined as NegativeMiner | undefined, // your own negatives of the caption, in place of edited sub-graphs
    maxPositives: 3, // appendix H.1
    maxNegatives: 6,
    objectPairs: 0.15, // p1; p2 = p3 share the rest. Of {0, 0.08, 0.15} the paper does not print what fine-tuning used: [RECON]
    relations: true,
    attributes: true,
    vocabulary: "corpus" as VocabularyOption, // the paper's: Visual Genome's word lists, by their folder
    swap: 0, // NegCLIP swaps besides: 1 in pre-training
    curriculum: 0.5, // share of the steps with one sub-graph of each kind: [RECON], the paper does not print it
    fillFromEarlier: true, // cache of sentences for ragged batches, appendix H.1
    positivesOf: "graph" as "graph" | "own", // P(i) of section 3.5
    trueNegatives: "keep" as "keep" | "mask", // in an image's denominator
    checked: true, // whether changes that may be true of the caption are dropped; the paper checks nothing: false
    reduction: "mean" as "mean" | "sum", // "sum" as printed; means: [RECON], so that CLIP's learning rate fits
    wiseFt: 0.5, // alpha: [RECON], not printed. 0: no averaging
    wiseFtSweep: [] as readonly number[], // alphas to measure; the largest that costs at most wiseFtMaxDrop of held-out R@1 is taken
    wiseFtMaxDrop: 0,
  },
  scales: {
    world: mosaiclipWorld,
    smoke,
    photos,
    coco: { ...fineTuning, data: "coco" },
    "cc-ft": { ...fineTuning, data: "cc-ft" },
    "yfcc-ft": { ...fineTuning, data: "yfcc-ft" },
    cc3m: { ...fineTuning, data: "cc3m" },
    cc12m: { ...preTraining, data: "cc12m" },
    yfcc: { ...preTraining, data: "yfcc" },
  },
  steps: (flags) => {
    const own = flags.miner ? [minedNegatives(flags.miner, { max: flags.maxNegatives })] : [];
    const swaps = flags.swap > 0 ? [minedNegatives(negclip(), { max: flags.swap })] : [];
    const texts = subGraphPairs({
      max: { positives: flags.maxPositives, negatives: flags.miner ? 0 : flags.maxNegatives },
      objectPairs: flags.objectPairs,
      vocabulary: flags.vocabulary,
      trueNegatives: flags.checked ? "drop" : "keep",
      formWeights: without(flags),
      with: [caption(), ...swaps, ...own], // counted in neither limit
      positivesOf: flags.positivesOf,
    });
    const { curriculum, reduction, trueNegatives, fillFromEarlier, wiseFt: alpha } = flags;
    const one = { positives: 1, negatives: 1 };
    const stages = curriculum > 0 ? [{ share: curriculum, max: one }, { share: 1 - curriculum }] : [];
    const average = wiseFt({ tower: "image", alpha, sweep: flags.wiseFtSweep, maxDrop: flags.wiseFtMaxDrop });
    return [
      train({ texts, loss: mosaiclipLoss({ reduction, trueNegatives }), fillFromEarlier, stages }),
      ...(flags.pretrained !== undefined && alpha > 0 ? [average] : []),
    ];
  },
});
