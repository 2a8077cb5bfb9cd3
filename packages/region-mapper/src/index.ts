export { type Box, clipBox, intersectionOverUnion } from "./boxes/box.js";
export { nonMaximumSuppression, type SuppressionOptions } from "./boxes/non-maximum-suppression.js";
export {
  givenProposals,
  gridProposals,
  type ProposalImage,
  type RegionProposer,
  wholeImageBox,
} from "./boxes/proposals.js";
export { type DescribedObjects, estimatePairs } from "./complexity/estimate-pairs.js";
export {
  type ComplexitySample,
  type PairwiseComplexity,
  pairwiseComplexity,
} from "./complexity/pairwise-complexity.js";
export { RegionMapperError } from "./errors.js";
export { type AssignOptions, assignAttributes } from "./mapping/assign-attributes.js";
export {
  chooseEpsilon,
  type EpsilonScores,
  epsilonCandidates,
  type ValidationImage,
} from "./mapping/choose-epsilon.js";
export {
  createMappingModel,
  type MappingModel,
  type MappingModelConfig,
  type Rng,
} from "./mapping/create-mapping-model.js";
export { type MappingScores, mappingScores } from "./mapping/mapping-scores.js";
export { maxOverRegions } from "./mapping/max-over-regions.js";
export { meanText, textShares } from "./pairs/mean-text.js";
export {
  type AssignedImage,
  type RegionPair,
  type RegionPairs,
  regionPairs,
  regionText,
  sentenceSeparator,
} from "./pairs/region-pairs.js";
export { formatRegionPairs, parseRegionPairs } from "./pairs/region-pairs-lines.js";
export { planRoiAlign, type RoiAlignOptions, type RoiSampling, roiAlign, sampleRegions } from "./roi/roi-align.js";
