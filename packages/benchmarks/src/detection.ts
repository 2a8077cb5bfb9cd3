export type {
  AnnotatedCategory,
  AnnotatedImage,
  BoxAnnotation,
  Detection,
  DetectionGroundTruth,
} from "./detection/annotations.js";
export { DetectionError } from "./detection/detection-error.js";
export {
  type DetectionResult,
  type EvaluateDetectionsOptions,
  evaluateDetections,
} from "./detection/evaluate-detections.js";
export { parseCocoJson } from "./detection/parse-coco-json.js";
export type { DetectionProblem, DetectionProblemCode } from "./detection/problems.js";
export { type DetectionProtocol, detectionProtocols } from "./detection/protocol.js";
export type { CategoryDetectionScores, DetectionMetric } from "./detection/summarise-detections.js";
