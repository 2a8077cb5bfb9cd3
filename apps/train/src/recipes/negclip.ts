/**
 * NegCLIP (Yuksekgonul et al., ICLR 2023): every image brings one of its nearest neighbours and every caption a negative of swapped words;
 * batches of 2 B images and 4 B texts [captions, neighbours' captions, negatives, neighbours' negatives].
 *
 *     train run negclip --set pretrained=runs/base                          on the synthetic world
 *     train run negclip --scale coco --set data=train_neg_clip.tsv --set images=<COCO>
 *
 * Negatives and neighbours are those of the data (`neg_caption`, `neg_image`) where it has any, else mined and found by embeddings.
 * Expected (ARO): VG-Relation 81, VG-Attribution 71, COCO order 86. MosaiCLIP, Table 1, COCO: 81.7, 72.7, order 85.7, SVO 90.20.
 */
import { negclipLoss } from "@tesserae/losses";
import { caption, combineTexts, minedNegatives, negclip as swaps } from "@tesserae/negatives";
import { givenNegatives } from "../objective/given-negatives.js";
import { defineRecipe } from "../recipe/define-recipe.js";
import { embed } from "../steps/embed.js";
import { train } from "../steps/train.js";
import { mosaiclipFineTuning, mosaiclipPreTraining, photos, smoke, worldFineTuning } from "./scales.js";

export const negclip = defineRecipe({
  name: "negclip",
  flags: { miner: swaps(), maxNegatives: 1, hardImages: true, neighbours: 3, embeddings: "" },
  scales: {
    world: { ...worldFineTuning, batchSize: 32 }, // and a neighbour of each: as many images a step as the other methods
    smoke,
    photos,
    // mertyg/vision-language-models-are-bows, README: ViT-B-32, batch 256, 5 epochs, lr 1e-6, 50 steps of warm-up.
    coco: { ...mosaiclipFineTuning, data: "train_neg_clip.tsv", lr: 1e-6 },
    cc12m: { ...mosaiclipPreTraining, data: "cc12m", hardImages: false }, // as MosaiCLIP's Table 3 has it
  },
  steps: (flags) => {
    const canEmbed = flags.pretrained !== undefined || flags.embeddings !== "";
    const near =
      flags.hardImages && canEmbed
        ? [embed({ count: flags.neighbours, ...(flags.embeddings ? { embeddings: flags.embeddings } : {}) })]
        : [];
    const negatives = givenNegatives(minedNegatives(flags.miner, { max: flags.maxNegatives }));
    return [
      ...near,
      train({ texts: combineTexts(caption(), negatives), loss: negclipLoss(), hardImages: flags.hardImages }),
    ];
  },
});
