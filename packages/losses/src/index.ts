export { chain } from "./combinators/chain.js";
export { type Gradients, gradCache, type PartsOptions } from "./combinators/grad-cache.js";
export { weighted } from "./combinators/weighted.js";
export type { ContrastiveBatch, Loss, LossTerms } from "./contract/loss.js";
export { LossError } from "./contract/loss-error.js";
export { type CeClipLossOptions, ceClipLoss, ceClipThreshold } from "./image-text/ce-clip-loss.js";
export { type ClipLossOptions, clipLoss } from "./image-text/clip-loss.js";
export { fscClipLocalLoss, type LocalBatch } from "./image-text/fsc-clip-local-loss.js";
export { type FscClipLossOptions, fscClipLoss } from "./image-text/fsc-clip-loss.js";
export { type HingeLossOptions, hingeLoss } from "./image-text/hinge-loss.js";
export { type MosaiclipLossOptions, mosaiclipLoss } from "./image-text/mosaiclip-loss.js";
export { type NegclipLossOptions, negclipLoss } from "./image-text/negclip-loss.js";
export { type SiglipLossOptions, siglipLoss } from "./image-text/siglip-loss.js";
export { type StructureClipLossOptions, structureClipLoss } from "./image-text/structure-clip-loss.js";
export { type TripletLossOptions, tripletLoss } from "./image-text/triplet-loss.js";
export {
  type RegionBatch,
  type RegionContrastiveLossOptions,
  regionContrastiveLoss,
} from "./region-text/region-contrastive-loss.js";
export { type MappingBatch, type VillaMappingLossOptions, villaMappingLoss } from "./region-text/villa-mapping-loss.js";
export type { Reduction } from "./terms/info-nce.js";
