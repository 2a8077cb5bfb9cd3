/** Thrown on input that cannot be evaluated at all. Single bad records are not thrown but counted as problems. */
export class DetectionError extends Error {
  override readonly name = "DetectionError";

  constructor(
    readonly code: "bad-input" | "not-coco-format" | "not-json" | "unknown-protocol",
    message: string,
  ) {
    super(message);
  }
}
