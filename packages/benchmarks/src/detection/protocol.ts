/** `coco`: pycocotools' bounding-box evaluation. `lvis`: that of lvis-api, with federated categories. */
export type DetectionProtocol = "coco" | "lvis";

/** The two protocols, in the order in which an error lists them. */
export const detectionProtocols: readonly DetectionProtocol[] = ["coco", "lvis"];

/** Overlaps (intersection over union) from which a detection is right: 0.5, 0.55 … 0.95, made as NumPy's linspace makes them. */
export const iouThresholds: readonly number[] = Array.from({ length: 10 }, (_, index) =>
  index === 9 ? 0.95 : 0.5 + index * ((0.95 - 0.5) / 9),
);

/** Recalls at which precision is read: 0, 0.01 … 1. */
export const recallThresholds: readonly number[] = Array.from({ length: 101 }, (_, index) => index * 0.01);

/** Classes of size by area in square pixels, limits included; "all" comes first. */
export const areaRanges: readonly { readonly name: string; readonly from: number; readonly to: number }[] = [
  { name: "all", from: 0, to: 1e10 },
  { name: "small", from: 0, to: 32 ** 2 },
  { name: "medium", from: 32 ** 2, to: 96 ** 2 },
  { name: "large", from: 96 ** 2, to: 1e10 },
];

/** Detections that count: COCO's surest 100 of each image and category; LVIS's surest 300 of each image over all categories. */
export const detectionLimit: Readonly<Record<DetectionProtocol, number>> = { coco: 100, lvis: 300 };

/** COCO also reports the recall of an image's surest 1 and 10 detections of a category. */
export const recallLimits: readonly number[] = [1, 10];
