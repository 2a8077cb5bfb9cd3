/** Thrown on input that cannot be right. `code` is stable, the message says what was expected and what to do. */
export class RegionMapperError extends Error {
  override readonly name = "RegionMapperError";

  constructor(
    readonly code: "empty-input" | "not-a-record" | "out-of-range" | "shape-mismatch",
    message: string,
  ) {
    super(`@tesserae/region-mapper: ${message}`);
  }
}
