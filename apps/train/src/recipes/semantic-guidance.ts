/**
 * Semantic Guidance (Stone et al. 2024): longer captions that describe the image, sentences sampled from them, a strong pre-trained text
 * tower of which the last layers are trained in both directions, and a short fine-tuning on hard negatives.
 *
 *     train run semantic-guidance --out runs/guided                         on the synthetic world, level `long`
 *     train run semantic-guidance --scale web --set data=<captions> --set textTower=google/gemma-2-2b
 *
 * Ablations: --set recaption=none, --set sampling=false, --set hardNegativeSteps=0.
 * Expected (second-hand): ARO relation 92, attribute 94, SugarCrepe 93, DOCCI R@1 94.5; the hard-negative stage takes COCO R@1 from 56.3 to
 * 54.1 and DOCCI from 93.0 to 88.1. Learning rates, temperature, image size and the form of the hard-negative loss are not printed: [RECON].
 */
import { sentenceSampling } from "@tesserae/augment";
import { clipLoss, negclipLoss } from "@tesserae/losses";
import { caption, combineTexts, minedNegatives, negclip as swaps } from "@tesserae/negatives";
import { defineRecipe } from "../recipe/define-recipe.js";
import { namedRecaptioner } from "../steps/named-recaptioner.js";
import { recaption } from "../steps/recaption.js";
import { train } from "../steps/train.js";
import { photos, smoke, worldBase } from "./scales.js";

const longTexts = { contextLength: 160, vocabSize: 2048, width: 96, layers: 2, heads: 3 };

/** A small random decoder in Gemma's layout, where there is no room for the real one. */
const smallGemma = {
  type: "gemma",
  contextLength: 160,
  vocabSize: 2048,
  width: 96,
  layers: 3,
  heads: 4,
  keyHeads: 2,
  headSize: 24,
  hiddenWidth: 192,
  trainableLayers: 3,
};

export const semanticGuidance = defineRecipe({
  name: "semantic-guidance",
  flags: {
    miner: swaps(),
    recaption: "joined", // all captions of an image; graphs, http, transformers; none
    recaptionUrl: "", // of http: an OpenAI-compatible service, up to its version
    recaptionModel: "",
    sampling: true,
    hardNegativeSteps: 500,
    hardNegativeRate: 1e-5,
  },
  scales: {
    world: {
      ...worldBase,
      world: { ...worldBase.world, level: "long", train: 8192 },
      model: { ...worldBase.model, text: longTexts },
      hardNegativeSteps: 100,
      hardNegativeRate: 5e-4,
    },
    smoke: {
      ...smoke,
      world: { ...smoke.world, level: "long", train: 64 },
      hardNegativeSteps: 4,
      model: { ...smoke.model, text: { ...smoke.model.text, contextLength: 160 } },
    },
    photos: { ...photos, hardNegativeSteps: 40, hardNegativeRate: 1e-4, model: { ...photos.model, text: smallGemma } },
    // 150,000 steps of 65,536 images of a private set of 1 B; ViT-B, Gemma 2 2B with the last four layers trained.
    web: {
      data: "recaptioned",
      recaption: "none",
      textTower: "google/gemma-2-2b",
      textLayersTrained: 4,
      steps: 150_000,
      batchSize: 65_536,
      lr: 1e-3, // [RECON]
      warmup: 5000, // [RECON]
      model: { embedDim: 512, vision: { imageSize: 224, patchSize: 16, width: 768, layers: 12, heads: 12 } },
    },
  },
  steps: ({ recaption: by, miner, hardNegativeSteps: steps, hardNegativeRate: lr, ...flags }) => {
    const service = { url: flags.recaptionUrl, model: flags.recaptionModel };
    const positives = flags.sampling ? sentenceSampling() : caption();
    const hardNegatives = train({
      name: "hard-negatives",
      texts: combineTexts(positives, minedNegatives(miner, { max: 1 })),
      loss: negclipLoss(),
      flags: { steps, lr, warmup: 0 },
    });
    return [
      ...(by === "none" ? [] : [recaption({ by: namedRecaptioner(by, service) })]),
      train({ texts: positives, loss: clipLoss() }),
      ...(steps > 0 ? [hardNegatives] : []),
    ];
  },
});
