/**
 * Structure-CLIP (Huang et al., AAAI 2024): captions carry knowledge, t' = t + 0.2 k of an encoder over their (head, relation, tail)
 * triples; images are matched with t', and a hinge pushes a semantic negative (attributes or ends of a relation swapped) below t.
 *
 *     train run structure-clip --set pretrained=runs/base                   on the synthetic world
 *     train run structure-clip --scale coco --set data=<COCO>               main table
 *
 * Ablations: --set knowledgeWeight=0 (no knowledge encoder), --set semanticNegatives=false, --set variant=code.
 * Expected (second-hand, base model): VG-Attribution 82.3, VG-Relation 84.7; COCO text-to-image R@1 41.2, image-to-text 55.6.
 * Independent re-evaluation (DeGLA): VG-Relation 81.8, VG-Attribution 80.5, zero-shot over 11 sets 43.8 (CLIP 61.0).
 */
import { structureClipLoss } from "@tesserae/losses";
import { caption, combineTexts, minedNegatives, structureClip as semanticNegatives } from "@tesserae/negatives";
import { defineRecipe } from "../recipe/define-recipe.js";
import { train } from "../steps/train.js";
import { photos, smoke, worldFineTuning } from "./scales.js";

/** The encoder beside a model of the world's size; the paper's is six layers of bert-base-uncased. */
const small = { knowledgeWidth: 48, knowledgeLayers: 2, knowledgeHeads: 3 };

export const structureClip = defineRecipe({
  name: "structure-clip",
  flags: {
    miner: semanticNegatives(),
    semanticNegatives: true,
    variant: "paper" as "paper" | "code",
    knowledgeWeight: 0.2,
    knowledgeWidth: 768,
    knowledgeLayers: 6,
    knowledgeHeads: 12,
    knowledgeFrom: "", // a BERT whose first layers the encoder starts from, and whose WordPiece reads its phrases
  },
  scales: {
    world: { ...worldFineTuning, ...small },
    smoke: { ...smoke, ...small },
    photos: { ...photos, ...small },
    // script/run.sh of zjukg/Structure-CLIP: batch 64, AdamW lr 5e-6, weight decay 0.1, 10 epochs, crop 0.9 to 1, seed 120. Schedule: [RECON].
    coco: {
      pretrained: "openai/clip-vit-base-patch32",
      data: "coco",
      seed: 120,
      batchSize: 64,
      lr: 5e-6,
      wd: 0.1,
      epochs: 10,
      warmup: 0,
      schedule: "constant",
      cropScale: 0.9,
      variant: "code",
      knowledgeFrom: "google-bert/bert-base-uncased",
    },
  },
  steps: ({
    knowledgeWeight: weight,
    knowledgeWidth: width,
    knowledgeLayers: layers,
    knowledgeHeads: heads,
    knowledgeFrom: from,
    ...flags
  }) => {
    const negatives = flags.semanticNegatives ? [minedNegatives(flags.miner, { max: 1 })] : [];
    return [
      train({
        texts: combineTexts(caption(), ...negatives),
        loss: structureClipLoss({ variant: flags.variant }),
        ...(weight === 0 ? {} : { knowledge: { weight, width, layers, heads, ...(from ? { from } : {}) } }),
      }),
    ];
  },
});
