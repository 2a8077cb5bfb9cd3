export { graphRecaptioner } from "./recaptioners/graph-recaptioner.js";
export type { Recaption, Recaptioner, RecaptionRequest } from "./recaptioners/recaptioner.js";
export {
  type ImageToText,
  type TransformersRecaptionerOptions,
  transformersRecaptioner,
} from "./recaptioners/transformers-recaptioner.js";
export { type SampleSentencesOptions, sampleSentences } from "./sentences/sample-sentences.js";
export {
  type SentenceSampling,
  type SentenceSamplingOptions,
  sentenceSampling,
} from "./sentences/sentence-sampling.js";
export { splitSentences } from "./sentences/split-sentences.js";
export { type CurriculumStage, curriculum, mosaiclipStages } from "./sub-graphs/curriculum.js";
export { type DecomposeOptions, decompose } from "./sub-graphs/decompose.js";
export {
  type SampleSubGraphsOptions,
  type SubGraphProbabilities,
  sampleSubGraphs,
} from "./sub-graphs/sample-sub-graphs.js";
