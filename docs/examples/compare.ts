/**
 * Parts side by side: losses, towers and miners that no recipe of a paper takes, on the same data and budget.
 *
 *     train run compare.ts --scale resnet --set loss=siglip --set negatives=crepe
 */
import {
  ceClipLoss,
  chain,
  clipLoss,
  fscClipLoss,
  hingeLoss,
  siglipLoss,
  tripletLoss,
  weighted,
} from "@tesserae/losses";
import {
  aroOrder,
  caption,
  clove,
  combine,
  combineTexts,
  crepe,
  maskedLm,
  minedNegatives,
  mosaiclip,
  negclip,
  ngramShuffle,
  replace,
  rewrite,
  structureClip,
  sugarcrepe,
  svlc,
  withoutFalseNegatives,
} from "@tesserae/negatives";
import { openWordnet } from "@tesserae/negatives/wordnet";
import { type CommonFlagsInput, defineRecipe, train } from "@tesserae/train";

const losses = {
  clip: clipLoss(),
  siglip: siglipLoss(),
  "ce-clip": ceClipLoss(),
  "fsc-clip": fscClipLoss(),
  triplet: tripletLoss(),
  hinge: chain(clipLoss(), weighted(hingeLoss(), 0.5)),
};

const opposites = { red: ["blue"], large: ["small"], circle: ["square"] };

/** Made when they are asked for: a word net is opened, a model would be loaded. */
const miners = {
  "aro-order": () => aroOrder(),
  clove: () => clove({ thesaurus: openWordnet() }),
  crepe: () => crepe(),
  mosaiclip: () => mosaiclip(),
  negclip: () => negclip(),
  "ngram-shuffle": () => ngramShuffle(),
  replace: () => replace({ lexicon: opposites }),
  "structure-clip": () => structureClip(),
  sugarcrepe: () => sugarcrepe(),
  svlc: () => svlc(),
  both: () => withoutFalseNegatives(combine(negclip(), structureClip()), { thesaurus: openWordnet() }),
  // In place of these two functions: a masked language model, a service.
  "masked-lm": () => maskedLm({ model: "constant", fill: async (texts) => texts.map(() => ["blue", "above"]) }),
  rewrite: () => rewrite({ model: "constant", rewrite: async (texts) => texts.map((text) => [`${text} and a zebra`]) }),
};

const text = { width: 32, layers: 1, heads: 2, vocabSize: 1024, contextLength: 48 };
const vision = { imageSize: 32, patchSize: 8, width: 32, layers: 1, heads: 2 };
const model: CommonFlagsInput["model"] = { embedDim: 32, vision, text };

export default defineRecipe({
  name: "compare",
  flags: { loss: "clip" as keyof typeof losses, negatives: "negclip" as keyof typeof miners, model, steps: 200 },
  scales: {
    vit: {},
    resnet: {
      model: {
        vision: { type: "resnet", imageSize: 32, width: 8, layers: [1, 1, 1, 1], heads: 4, patchSize: undefined },
      },
    },
    swin: {
      model: {
        vision: { type: "swin", imageSize: 32, patchSize: 4, width: 8, layers: [1, 1], heads: [2, 2], windowSize: 4 },
      },
    },
    bert: { model: { text: { type: "bert" } } },
    gemma: { model: { text: { type: "gemma", keyHeads: 1, headSize: 16, hiddenWidth: 64 } } },
  },
  steps: ({ loss, negatives }) => [
    train({ texts: combineTexts(caption(), minedNegatives(miners[negatives]())), loss: losses[loss] }),
  ],
});
