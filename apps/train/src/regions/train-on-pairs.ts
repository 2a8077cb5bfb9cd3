import * as tf from "@tensorflow/tfjs-core";
import { regionContrastiveLoss } from "@tesserae/losses";
import { type Clip, encodeTexts, packTexts, type TokenBatch, type Tokenizer } from "@tesserae/models";
import { meanText, type RegionPairs, type RoiSampling, textShares } from "@tesserae/region-mapper";
import { encodeSampled, paddedToContext, planRegions, toInput } from "./embed-regions.js";
import type { PixelStore } from "./pixel-store.js";
import type { RegionSample } from "./region-sample.js";
import { type TrainStepsOptions, trainSteps } from "./train-steps.js";

/** Options of {@link trainOnPairs}. */
export interface TrainOnPairsOptions extends TrainStepsOptions {
  /** Whether regions of equal texts are positives of each other; in the released code they are negatives. Default true. */
  readonly multiPositive?: boolean;
}

/**
 * ViLLA's stage 2 (Varma et al., ICCV 2023): all regions of a batch's images against all their texts, InfoNCE both ways. A region's
 * text is the mean of its sentences' embeddings. With only whole images in `pairs` this is the one-to-one model.
 *
 * [RECON] Both towers are trained from scratch, since there are no pre-trained weights here; the reference freezes CLIP's text tower.
 *
 * @param samples the images of `pairs`, in the same order
 */
export async function trainOnPairs(
  { clip, tokenizer }: { readonly clip: Clip; readonly tokenizer: Tokenizer },
  samples: readonly RegionSample[],
  pairs: readonly RegionPairs[],
  store: PixelStore,
  { multiPositive = true, ...options }: TrainOnPairsOptions,
): ReturnType<typeof trainSteps> {
  const loss = regionContrastiveLoss({ multiPositive });
  const trained = [...clip.variables].filter(([name, { trainable }]) => trainable && name !== "logit_scale");
  const most = pairs.reduce((largest, { regions }) => Math.max(largest, regions.length), 0);
  return trainSteps<PairsBatch>(
    {
      variables: clip.variables,
      trained: trained.map(([name]) => name),
      count: samples.length,
      collate: (places) => collate(places, { clip, tokenizer, samples, pairs, store, most }),
      loss: ({ pixels, sampling, tokens, shares, ids, mask }) => {
        const region = encodeSampled(clip, pixels, sampling, { training: true });
        const text = meanText(encodeTexts(clip, tokens), shares);
        return loss.compute({ region, text, textId: tf.tensor1d(ids, "int32"), mask: tf.tensor1d(mask) }).objective;
      },
    },
    options,
  );
}

/** Images with all their regions and texts, filled up to the most regions of an image. */
interface PairsBatch {
  readonly pixels: tf.Tensor4D;
  readonly sampling: RoiSampling;
  /** Each different sentence once. */
  readonly tokens: TokenBatch;
  /** How much each sentence adds to each region's text. */
  readonly shares: Float32Array;
  /** Equal numbers: the same sentences. */
  readonly ids: Int32Array;
  /** 0: no region. */
  readonly mask: Float32Array;
}

function collate(
  places: readonly number[],
  {
    clip,
    tokenizer,
    samples,
    pairs,
    store,
    most,
  }: {
    readonly clip: Clip;
    readonly tokenizer: Tokenizer;
    readonly samples: readonly RegionSample[];
    readonly pairs: readonly RegionPairs[];
    readonly store: PixelStore;
    readonly most: number;
  },
): PairsBatch {
  const { imageSize } = clip.towers.image;
  const own = places.map((place) => pairs[place]!.regions);
  const boxes = own.map((regions, at) => {
    const given = regions.map(({ box }) => box);
    return toInput(given, samples[places[at]!]!, imageSize);
  });
  const { texts, groups, ids } = indexTexts(
    own.map((regions) => regions.map(({ sentences }) => sentences)),
    most,
  );
  return {
    pixels: store.batch(places.map((place) => samples[place]!)),
    sampling: planRegions(clip, boxes, most),
    tokens: packTexts(tokenizer, texts, paddedToContext(tokenizer)),
    shares: textShares(groups, texts.length),
    ids: Int32Array.from(ids),
    mask: Float32Array.from(own.flatMap(({ length }) => Array.from({ length: most }, (_, at) => +(at < length)))),
  };
}

function filler<T>(count: number, value: T): T[] {
  return new Array<T>(count).fill(value);
}

/** The number of texts of a batch is filled up to a multiple of this, so that few shapes occur. */
const textMultiple = 32;

/**
 * Sentences once each, every region's places among them, and a number for each different set of sentences. Regions are filled up
 * to the most of an image.
 */
function indexTexts(
  images: readonly (readonly (readonly string[])[])[],
  most: number,
): { readonly texts: string[]; readonly groups: number[][]; readonly ids: number[] } {
  const place = new Map<string, number>();
  const sets = new Map<string, number>();
  const numberOf = <Key>(map: Map<Key, number>, key: Key): number => {
    if (!map.has(key)) map.set(key, map.size);
    return map.get(key)!;
  };
  const filled = images.flatMap((regions) => [...regions, ...filler(most - regions.length, regions[0]!)]);
  const groups = filled.map((sentences) => sentences.map((sentence) => numberOf(place, sentence)));
  const ids = groups.map((group) => numberOf(sets, [...group].sort((a, b) => a - b).join()));
  const texts = [...place.keys()];
  return { texts: [...texts, ...filler(-texts.length & (textMultiple - 1), texts[0]!)], groups, ids };
}
