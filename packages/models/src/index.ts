export { type Clip, type CreateClipOptions, clampLogitScale, clipFromWeights, createClip } from "./clip/clip.js";
export {
  type ClipConfig,
  type ClipTowers,
  type ResolvedClipConfig,
  resolveClipConfig,
  type TextConfig,
  type TowerOptions,
  type VisionConfig,
} from "./clip/clip-config.js";
export { type ClipScorer, createScorer, type ImageRef, type ScorerOptions } from "./clip/create-scorer.js";
export { encodeImages } from "./clip/encode-images.js";
export { encodeFeatureMap, encodeRegionFeatures } from "./clip/encode-regions.js";
export { encodeTexts } from "./clip/encode-texts.js";
export type { ToOnnx } from "./folders/export-onnx.js";
export type { HubOptions } from "./folders/hub-folder.js";
export type { LoadClipOptions, LoadedClip } from "./folders/load-clip.js";
export type { LoadedTextTower } from "./folders/load-text-tower.js";
export type { SaveClipOptions } from "./folders/save-clip.js";
export { decodeSafetensors, encodeSafetensors } from "./formats/safetensors.js";
export { exportOnnx, loadClip, loadTextTower, saveClip } from "./in-node.js";
export type { KnowledgeEncoderConfig } from "./knowledge/knowledge-config.js";
export {
  createKnowledgeEncoder,
  encodeKnowledge,
  fuseKnowledge,
  type KnowledgeEncoder,
  knowledgeEncoderFromWeights,
} from "./knowledge/knowledge-encoder.js";
export { type PhraseTokenizer, packTriples, type Triple, type TripleBatch } from "./knowledge/pack-triples.js";
export type { Activation } from "./layers/activation.js";
export { ModelError } from "./model-error.js";
export { type PackPrefixesOptions, type PrefixBatch, packPrefixes } from "./packing/pack-prefixes.js";
export { type PackOptions, packTexts, packTokens, type TokenBatch, type TokenChunk } from "./packing/pack-tokens.js";
export { type Box, cropImage } from "./pixels/crop-image.js";
export { clipMean, clipStd, preprocess } from "./pixels/preprocess.js";
export { resizeAndCrop, resizeBicubic } from "./pixels/resize-image.js";
export type { RgbImage } from "./pixels/rgb-image.js";
export type { Rng } from "./rng.js";
export type { TextCleaning } from "./tokenizers/clean-text.js";
export {
  createTokenizer,
  type MergesOptions,
  type TokenizerOptions,
  tokenizerFromMerges,
} from "./tokenizers/clip-tokenizer.js";
export { type LoadTokenizerOptions, loadTokenizer } from "./tokenizers/load-tokenizer.js";
export type { AddedTokenJson, Tokenizer, TokenizerJson } from "./tokenizers/tokenizer.js";
export { type WordPieceOptions, wordPieceTokenizer } from "./tokenizers/word-piece.js";
export { type BertConfig, bert } from "./towers/bert.js";
export { type ClipTextConfig, clipText } from "./towers/clip-text.js";
export { defineTower, type TowerDefinition, type TowerFactory } from "./towers/define-tower.js";
export { type GemmaConfig, gemma } from "./towers/gemma.js";
export { type ResNetConfig, resnet } from "./towers/resnet.js";
export { type SwinConfig, swin } from "./towers/swin.js";
export type { ImageTower, RegionFeatures, TextTower, Tower, TowerContext, TowerKind } from "./towers/tower.js";
export { type VitConfig, vit } from "./towers/vit.js";
export { belowLastBlocks, freeze, inKnowledge, inTower } from "./tuning/freeze.js";
export { layerDecay } from "./tuning/layer-decay.js";
export { addLora, type LoraClip, type LoraOptions, mergeLora } from "./tuning/lora.js";
export { resizeTextPositions } from "./tuning/resize-positions.js";
export { interpolate, readWeights, type WeightArray, type Weights } from "./weights/weights.js";
