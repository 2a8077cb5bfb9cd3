/** Something given to this package is wrong; the message says what, where, and what was expected. */
export class ModelError extends Error {
  override readonly name = "ModelError";
}
