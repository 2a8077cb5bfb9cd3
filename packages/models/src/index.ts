export type { Activation } from "./activation.js";
export type { BertConfig } from "./bert.js";
export { type LoadedClip, loadClip, type SaveClipOptions, saveClip } from "./checkpoint.js";
export type { TextCleaning } from "./clean-text.js";
export { type Clip, clampLogitScale, clipFromWeights, createClip } from "./clip.js";
export {
  type ClipConfig,
  type ResolvedClipConfig,
  resolveClipConfig,
  type TextConfig,
  type VisionConfig,
} from "./clip-config.js";
export type { ClipTextConfig } from "./clip-text.js";
export { type ClipScorer, createScorer, type ScorerOptions } from "./create-scorer.js";
export { encodeImages } from "./encode-images.js";
export { encodeTexts } from "./encode-texts.js";
export { ModelError } from "./errors.js";
export { exportOnnx, type ToOnnx } from "./export-onnx.js";
export { freeze, inTower, type Tower } from "./freeze.js";
export type { GemmaConfig } from "./gemma.js";
export type { HubOptions } from "./hub-folder.js";
export {
  createKnowledgeEncoder,
  encodeKnowledge,
  fuseKnowledge,
  type KnowledgeEncoder,
  type KnowledgeEncoderConfig,
  knowledgeEncoderFromWeights,
} from "./knowledge-encoder.js";
export { layerDecay } from "./layer-decay.js";
export { loadTextTower, type TextTower } from "./load-text-tower.js";
export { addLora, type LoraClip, type LoraOptions, mergeLora } from "./lora.js";
export { type PackPrefixesOptions, type PrefixBatch, packPrefixes } from "./pack-prefixes.js";
export { type PackOptions, packTokens, type TokenBatch, type TokenChunk } from "./pack-tokens.js";
export { type PhraseTokenizer, packTriples, type Triple, type TripleBatch } from "./pack-triples.js";
export { clipMean, clipStd, preprocess, type RgbImage } from "./preprocess.js";
export { resizeAndCrop, resizeBicubic } from "./resize-image.js";
export { resizeTextPositions } from "./resize-positions.js";
export type { ResNetConfig } from "./resnet.js";
export type { Rng } from "./rng.js";
export { decodeSafetensors, encodeSafetensors } from "./safetensors.js";
export type { SwinConfig } from "./swin.js";
export {
  createTokenizer,
  type LoadTokenizerOptions,
  loadTokenizer,
  type Tokenizer,
  type TokenizerOptions,
  tokenizerFromMerges,
} from "./tokenizer.js";
export type { TokenizerJson } from "./tokenizer-json.js";
export type { VitConfig } from "./vit.js";
export { interpolate, readWeights, type WeightArray, type Weights } from "./weights.js";
