import * as tf from "@tensorflow/tfjs-core";
import { regionContrastiveLoss } from "@tesserae/losses";
import type { Clip, Tokenizer } from "@tesserae/models";
import { meanText, type RegionPairs } from "@tesserae/region-mapper";
import { embedTexts, encodeRegions, toInput } from "./embed-regions.js";
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
): Promise<void> {
  const loss = regionContrastiveLoss({ multiPositive });
  const trained = Object.fromEntries(
    [...clip.variables].filter(([name, variable]) => variable.trainable && name !== "logit_scale"),
  );
  const { imageSize } = clip.towers.image;
  const most = Math.max(...pairs.map(({ regions }) => regions.length));
  await trainSteps(
    trained,
    samples.length,
    (places) =>
      tf.tidy(() => {
        const own = places.map((place) => pairs[place]!.regions);
        const boxes = own.map((regions, at) => {
          const input = toInput(
            regions.map(({ box }) => box),
            samples[places[at]!]!,
            imageSize,
          );
          return [...input, ...filler(most - input.length, input[0]!)];
        });
        const { texts, groups, ids } = indexTexts(
          own.map((regions) => regions.map(({ sentences }) => sentences)),
          most,
        );
        const region = encodeRegions(clip, store.batch(places.map((place) => samples[place]!)), boxes, {
          training: true,
        });
        const text = meanText(embedTexts(clip, tokenizer, texts), groups);
        const present = own.flatMap((regions) =>
          Array.from({ length: most }, (_, at) => (at < regions.length ? 1 : 0)),
        );
        return loss.compute({ region, text, textId: tf.tensor1d(ids, "int32"), mask: tf.tensor1d(present) }).objective;
      }),
    options,
  );
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
