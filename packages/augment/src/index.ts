export { type CurriculumStage, curriculum, mosaiclipStages } from "./curriculum.js";
export { type DecomposeOptions, decompose } from "./decompose.js";
export { graphRecaptioner } from "./graph-recaptioner.js";
export type { Rng } from "./random.js";
export type { Recaption, Recaptioner, RecaptionRequest } from "./recaptioner.js";
export { type SampleSentencesOptions, sampleSentences, splitSentences } from "./sample-sentences.js";
export { type SampleSubGraphsOptions, type SubGraphProbabilities, sampleSubGraphs } from "./sample-sub-graphs.js";
export {
  type ImageToText,
  type TransformersRecaptionerOptions,
  transformersRecaptioner,
} from "./transformers-recaptioner.js";
