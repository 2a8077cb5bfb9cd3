export { type CeClipLossOptions, ceClipLoss, ceClipThreshold } from "./ce-clip-loss.js";
export { chain } from "./chain.js";
export { type ClipLossOptions, clipLoss } from "./clip-loss.js";
export { LossError } from "./errors.js";
export { fscClipLocalLoss, type LocalBatch } from "./fsc-clip-local-loss.js";
export { type FscClipLossOptions, fscClipLoss } from "./fsc-clip-loss.js";
export { type Gradients, gradientsInParts, type PartsOptions } from "./gradients-in-parts.js";
export type { Reduction } from "./info-nce.js";
export type { ContrastiveBatch, Loss, LossTerms } from "./loss.js";
export { type MosaiclipLossOptions, mosaiclipLoss } from "./mosaiclip-loss.js";
export { type NegclipLossOptions, negclipLoss } from "./negclip-loss.js";
export {
  type RegionBatch,
  type RegionContrastiveLossOptions,
  regionContrastiveLoss,
} from "./region-contrastive-loss.js";
export { type SiglipLossOptions, siglipLoss } from "./siglip-loss.js";
export { type StructureClipLossOptions, structureClipLoss } from "./structure-clip-loss.js";
export { type TripletLossOptions, tripletLoss } from "./triplet-loss.js";
export { type MappingBatch, type VillaMappingLossOptions, villaMappingLoss } from "./villa-mapping-loss.js";
export { weighted } from "./weighted.js";
