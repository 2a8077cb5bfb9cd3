export type {
  AnnotatedCategory,
  AnnotatedImage,
  BoxAnnotation,
  Detection,
  DetectionGroundTruth,
} from "./detection/annotations.js";
export { cocoBaseClasses, cocoNovelClasses } from "./detection/coco-classes.js";
export { DetectionError } from "./detection/detection-error.js";
export {
  type DetectionResult,
  type EvaluateDetectionsOptions,
  evaluateDetections,
} from "./detection/evaluate-detections.js";
export { parseCocoJson } from "./detection/parse-coco-json.js";
export type { DetectionProblem, DetectionProblemCode } from "./detection/problems.js";
export { type DetectionProtocol, detectionProtocols } from "./detection/protocol.js";
export { type RegionRetrievalInput, type RetrievalDirection, regionRetrieval } from "./detection/region-retrieval.js";
export { type ZeroShotSplitScores, zeroShotSplitScores } from "./detection/split-scores.js";
export type { CategoryDetectionScores, DetectionMetric } from "./detection/summarise-detections.js";
export {
  type ProposedRegions,
  type ZeroShotClass,
  type ZeroShotOptions,
  zeroShotDetections,
} from "./detection/zero-shot-detections.js";
