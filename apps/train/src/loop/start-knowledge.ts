import { type ClipConfig, loadTextTower, type Tokenizer, type Weights } from "@tesserae/models";
import { TrainError } from "../train-error.js";

/** Structure-CLIP's knowledge encoder as a training makes it. */
export type KnowledgeOptions = NonNullable<ClipConfig["knowledge"]> & {
  /** Folder or hub name of a BERT: its first layers are what the encoder starts from, and its WordPiece reads the phrases. */
  readonly from?: string;
};

/** What a model is grown by: the encoder's configuration, given weights by the model's names, the tokenizer of phrases. */
export interface StartedKnowledge {
  readonly config: NonNullable<ClipConfig["knowledge"]>;
  readonly weights: Weights;
  readonly phraseTokenizer?: Tokenizer;
}

/**
 * The knowledge encoder that a training starts with: the first layers of a BERT (the released code's `triple_Transformer`), or fresh
 * weights that read phrases with the model's own tokenizer.
 *
 * @throws TrainError where `from` is no BERT, or has fewer layers than are asked for
 */
export async function startKnowledge(
  { from, ...config }: KnowledgeOptions,
  tokenizer: Tokenizer,
): Promise<StartedKnowledge> {
  if (from === undefined) return { config: { vocabSize: tokenizer.vocabSize, ...config }, weights: new Map() };
  const { config: bert, weights, tokenizer: phraseTokenizer } = await loadTextTower(from);
  if (bert.type !== "bert" || phraseTokenizer === undefined) {
    throw new TrainError(
      `knowledge encoder from ${from}: it is no BERT with its vocab.txt; give one such as google-bert/bert-base-uncased`,
    );
  }
  const { layers = bert.layers } = config;
  if (layers > bert.layers) {
    throw new TrainError(`knowledge encoder from ${from}: ${layers} layers are asked for, and it has ${bert.layers}`);
  }
  const { contextLength, vocabSize, width, heads, mlpRatio } = bert;
  const own = [...weights].flatMap(([name, array]) => {
    const layer = /\.encoder\.layer\.(\d+)\./.exec(name)?.[1];
    const isUsed = layer === undefined || Number(layer) < layers;
    return isUsed ? [[name.replace(/^text_model\./, "knowledge_encoder.model."), array] as const] : [];
  });
  const sizes = { contextLength, vocabSize, width, heads, ...(mlpRatio === undefined ? {} : { mlpRatio }) };
  return { config: { ...config, ...sizes, layers }, weights: new Map(own), phraseTokenizer };
}
