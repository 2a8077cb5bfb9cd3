export { type AssignOptions, assignAttributes } from "./mapping/assign-attributes.js";
export { createMappingModel, type MappingModel, type MappingModelConfig, type Rng } from "./mapping/create-mapping-model.js";
export { RegionMapperError } from "./errors.js";
export { type MappingScores, mappingScores } from "./mapping/mapping-scores.js";
export { maxOverRegions } from "./mapping/max-over-regions.js";
export { type ComplexitySample, type PairwiseComplexity, pairwiseComplexity } from "./complexity/pairwise-complexity.js";
