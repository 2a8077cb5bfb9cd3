import { type Clip, type ClipConfig, createClip, createTokenizer, loadClip, type Tokenizer } from "@tesserae/models";
import { seededRng } from "@tesserae/scene-graph/random";
import { modelFolder } from "../loop/start-model.js";
import type { CommonFlags } from "../recipe/common-flags.js";
import type { RegionData } from "./region-sample.js";

/** A CLIP whose image tower also gives the features of regions. */
export interface RegionModel {
  readonly clip: Clip;
  readonly tokenizer: Tokenizer;
}

/** The model that training on regions begins with: `pretrained`, or one of random weights whose tokenizer is made of the data's sentences. */
export async function startRegionModel(flags: CommonFlags, data: RegionData): Promise<RegionModel> {
  if (flags.pretrained !== undefined) return loadClip(await modelFolder(flags.pretrained));
  const { text } = flags.model as unknown as {
    readonly text: { readonly vocabSize: number; readonly contextLength?: number };
  };
  const tokenizer = createTokenizer({
    corpus: [
      ...new Set([
        ...data.attributes.flatMap((attribute) => data.prompts(attribute)),
        ...data.samples.flatMap(({ sentences }) => sentences),
      ]),
    ],
    vocabSize: text.vocabSize,
    contextLength: text.contextLength ?? 16,
  });
  const config = { ...flags.model, text: { ...text, vocabSize: tokenizer.vocabSize } } as unknown as ClipConfig;
  const start = flags.imagePositionStd === undefined ? {} : { imagePositionStd: flags.imagePositionStd };
  return { tokenizer, clip: createClip(config, { rng: seededRng("weights", flags.seed), ...start }) };
}
