import { type PrefixBatch, packTexts, type TokenBatch } from "@tesserae/models";
import type { ImageTexts, TextLimits, TextSource } from "@tesserae/negatives";
import type { SceneGraph } from "@tesserae/scene-graph";
import type { GivenContext } from "./given-negatives.js";
import { type KnowledgeTriples, knowledgeTriples } from "./knowledge-triples.js";
import type { CollateContext, TrainingSample } from "./objective.js";
import { positiveMask } from "./positive-mask.js";
import { packShared, raggedOptions } from "./text-packing.js";
import { dealtOut } from "./text-parts.js";

/** The texts of a batch's images: each different text once, and places that say which text belongs to which image how. */
export interface TextBatch {
  /** Every different text once, in order of first use: text i of the first B is the first positive of image i, where those differ. */
  readonly texts: readonly string[];
  /** How many of them are the images' own; the rest fill empty places. */
  readonly ownTexts: number;
  /** Row in `texts` of each positive (B x most positives places) and then of each negative (B x most negatives places). */
  readonly textRow: Int32Array;
  /** Image of each positive, MosaiCLIP's p(j). */
  readonly positiveImage: Int32Array;
  /** Image that each negative was made for; -1 for a text of an earlier batch that fills an empty place. */
  readonly negativeImage: Int32Array;
  /** 1 for a text, 0 for a place without one. */
  readonly textMask: Float32Array;
  /** [images, positives + negatives]: 1 where a text is true of an image; absent where each belongs to its own image alone. */
  readonly positiveMask?: Uint8Array;
}

/** A batch of images with their texts, as typed arrays. */
export interface ContrastiveInput extends TextBatch {
  readonly images: number;
  /** Each different text's tokens, one pack; where the batch is embedded in parts, one for each part. */
  readonly tokens: readonly (TokenBatch | PrefixBatch)[];
  /** Triples of each different text, part by part as its tokens. */
  readonly knowledge?: readonly KnowledgeTriples[];
}

/** What {@link collator} makes batches with. */
export interface CollatorOptions {
  readonly source: TextSource;
  /** Whether empty places hold texts of the step before. */
  readonly fillFromEarlier: boolean;
  /** Whether the texts bring the triples of their graphs. */
  readonly knowledge: boolean;
}

/** Makes what turns samples into a batch: the source's texts, each once, packed as tokens, with their triples where the model has use for them. */
export function collator({ source, fillFromEarlier, knowledge }: CollatorOptions) {
  return async (samples: readonly TrainingSample[], context: CollateContext): Promise<ContrastiveInput> => {
    const {
      tokenizer,
      phraseTokenizer = tokenizer,
      parts: count = 1,
      packing: { lengths, prefixes } = { lengths: [] },
      earlierTexts = [],
    } = context;
    const captions = samples.map(({ caption }) => caption);
    const given: GivenContext = {
      ...context,
      givenNegatives: new Map(samples.map(({ caption, sample }) => [caption, sample.negativeCaptions ?? []])),
    };
    const groups = await source.texts(captions, given);
    const { max, positivesOf } = source;
    const batch = collateTexts(groups, captions, { max, positivesOf, fillers: fillFromEarlier ? earlierTexts : [] });
    const parts = dealtOut(batch.texts, count);
    const tokens = parts.map((texts) =>
      prefixes === undefined
        ? packTexts(tokenizer, texts, raggedOptions(lengths))
        : packShared(
            texts.map((text) => tokenizer.encode(text)),
            prefixes,
          ),
    );
    const made = { ...batch, images: samples.length, tokens };
    if (!knowledge) return made;
    const graphs = [
      ...groups.flatMap(({ positives }) => positives),
      ...groups.flatMap(({ negatives }) => negatives.map(({ caption, graph }) => ({ ...graph, caption }))),
    ];
    return {
      ...made,
      knowledge: parts.map((texts, part) => knowledgeTriples(texts, graphs, phraseTokenizer, tokens[part]!.count)),
    };
  };
}

/** Options of {@link collateTexts}. */
export interface CollateOptions {
  /** Most texts that one image can have; every image has as many places. */
  readonly max: TextLimits;
  /** Whose positive a text is, see `TextSource.positivesOf`. */
  readonly positivesOf: "own" | "graph";
  /** Texts that fill empty negative places, of nobody: MosaiCLIP's cache of sentences of earlier batches (appendix H.1). */
  readonly fillers?: readonly string[];
}

/**
 * Lays the texts of a batch's images out, place by place: all first positives, all second ones, …, then the negatives. A text that
 * several images have stands in as many places, and is listed (and encoded) once.
 *
 * @param captions of the images, for `positivesOf: "graph"`
 */
export function collateTexts(
  groups: readonly ImageTexts[],
  captions: readonly SceneGraph[],
  { max, positivesOf, fillers = [] }: CollateOptions,
): TextBatch {
  const rowOf = new Map<string, number>();
  const graphOf = new Map<string, SceneGraph>();
  const row = (text: string, graph?: SceneGraph): number => {
    if (!rowOf.has(text)) rowOf.set(text, rowOf.size);
    if (graph) graphOf.set(text, graph);
    return rowOf.get(text)!;
  };
  const lists = {
    positives: groups.map(({ positives }) => positives.map((graph) => ({ text: graph.caption, graph }))),
    negatives: groups.map(({ negatives }) => negatives.map(({ caption, graph }) => ({ text: caption, graph }))),
  };
  const textRow: number[] = [];
  const mask: number[] = [];
  const owners = { positives: [] as number[], negatives: [] as number[] };
  for (const kind of ["positives", "negatives"] as const) {
    for (let place = 0; place < max[kind]; place++) {
      for (const [image, list] of lists[kind].entries()) {
        const item = list[place];
        textRow.push(item === undefined ? 0 : row(item.text, item.graph));
        mask.push(item === undefined ? 0 : 1);
        owners[kind].push(image);
      }
    }
  }
  const ownTexts = rowOf.size;
  const unused = fillers.filter((text) => !rowOf.has(text));
  const firstNegative = owners.positives.length;
  for (let place = firstNegative; place < textRow.length && unused.length > 0; place++) {
    if (mask[place] === 1) continue;
    textRow[place] = row(unused.shift()!);
    mask[place] = 1;
    owners.negatives[place - firstNegative] = -1;
  }
  const texts = [...rowOf.keys()];
  return {
    texts,
    ownTexts,
    textRow: Int32Array.from(textRow),
    positiveImage: Int32Array.from(owners.positives),
    negativeImage: Int32Array.from(owners.negatives),
    textMask: Float32Array.from(mask),
    ...(positivesOf === "graph" ? { positiveMask: placesOf(texts, graphOf, captions, textRow) } : {}),
  };
}

/** `positiveMask` of the texts, spread to their places. */
function placesOf(
  texts: readonly string[],
  graphOf: ReadonlyMap<string, SceneGraph>,
  captions: readonly SceneGraph[],
  textRow: readonly number[],
): Uint8Array {
  const known = texts.map((text) => ({ text, graph: graphOf.get(text) }));
  const isTrue = positiveMask(known, captions);
  const mask = new Uint8Array(captions.length * textRow.length);
  for (let image = 0; image < captions.length; image++) {
    for (const [place, row] of textRow.entries()) {
      mask[image * textRow.length + place] = isTrue[image * texts.length + row]!;
    }
  }
  return mask;
}
