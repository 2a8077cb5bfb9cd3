/** What is wrong with a data set's files. */
export type DataErrorCode = "not-found" | "unreadable" | "malformed" | "empty" | "unknown-format" | "bad-option";

/** What is wrong with one image. */
export type ImageErrorCode = "not-found" | "truncated" | "unsupported" | "unreadable";

/** A data set that cannot be read. The message is one line: what is wrong, where, what was expected, what to do. */
export class DataError extends Error {
  override readonly name = "DataError";
  constructor(
    readonly code: DataErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** An image that cannot be read. `path` is the image as the data set names it. */
export class ImageError extends Error {
  override readonly name = "ImageError";
  constructor(
    readonly code: ImageErrorCode,
    readonly path: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
