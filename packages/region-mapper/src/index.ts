export { type AssignOptions, assignAttributes } from "./assign-attributes.js";
export { createMappingModel, type MappingModel, type MappingModelConfig, type Rng } from "./create-mapping-model.js";
export { RegionMapperError } from "./errors.js";
export { type MappingScores, mappingScores } from "./mapping-scores.js";
export { maxOverRegions } from "./max-over-regions.js";
export { type ComplexitySample, type PairwiseComplexity, pairwiseComplexity } from "./pairwise-complexity.js";
