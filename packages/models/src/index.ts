export { type Clip, clampLogitScale, clipFromWeights, createClip } from "./clip/clip.js";
export {
  type ClipConfig,
  type ResolvedClipConfig,
  resolveClipConfig,
  type TextConfig,
  type VisionConfig,
} from "./clip/clip-config.js";
export { type ClipScorer, createScorer, type ScorerOptions } from "./clip/create-scorer.js";
export { encodeImages } from "./clip/encode-images.js";
export { encodeTexts } from "./clip/encode-texts.js";
export type { ToOnnx } from "./folders/export-onnx.js";
export type { HubOptions } from "./folders/hub-folder.js";
export type { LoadedClip } from "./folders/load-clip.js";
export type { TextTower } from "./folders/load-text-tower.js";
export type { SaveClipOptions } from "./folders/save-clip.js";
export { decodeSafetensors, encodeSafetensors } from "./formats/safetensors.js";
export { exportOnnx, loadClip, loadTextTower, saveClip } from "./in-node.js";
export {
  createKnowledgeEncoder,
  encodeKnowledge,
  fuseKnowledge,
  type KnowledgeEncoder,
  type KnowledgeEncoderConfig,
  knowledgeEncoderFromWeights,
} from "./knowledge/knowledge-encoder.js";
export { type PhraseTokenizer, packTriples, type Triple, type TripleBatch } from "./knowledge/pack-triples.js";
export type { Activation } from "./layers/activation.js";
export { ModelError } from "./model-error.js";
export { type PackPrefixesOptions, type PrefixBatch, packPrefixes } from "./packing/pack-prefixes.js";
export { type PackOptions, packTokens, type TokenBatch, type TokenChunk } from "./packing/pack-tokens.js";
export { clipMean, clipStd, preprocess } from "./pixels/preprocess.js";
export { resizeAndCrop, resizeBicubic } from "./pixels/resize-image.js";
export type { RgbImage } from "./pixels/rgb-image.js";
export type { Rng } from "./rng.js";
export type { TextCleaning } from "./tokenizers/clean-text.js";
export {
  createTokenizer,
  type LoadTokenizerOptions,
  loadTokenizer,
  type Tokenizer,
  type TokenizerOptions,
  tokenizerFromMerges,
} from "./tokenizers/tokenizer.js";
export type { TokenizerJson } from "./tokenizers/tokenizer-json.js";
export type { BertConfig } from "./towers/bert.js";
export type { ClipTextConfig } from "./towers/clip-text.js";
export type { GemmaConfig } from "./towers/gemma.js";
export type { ResNetConfig } from "./towers/resnet.js";
export type { SwinConfig } from "./towers/swin.js";
export type { VitConfig } from "./towers/vit.js";
export { freeze, inTower, type Tower } from "./tuning/freeze.js";
export { layerDecay } from "./tuning/layer-decay.js";
export { addLora, type LoraClip, type LoraOptions, mergeLora } from "./tuning/lora.js";
export { resizeTextPositions } from "./tuning/resize-positions.js";
export { interpolate, readWeights, type WeightArray, type Weights } from "./weights/weights.js";
