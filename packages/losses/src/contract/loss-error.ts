/** A batch or an option does not fit a loss; the message says what was found and what is expected. */
export class LossError extends Error {
  override readonly name = "LossError";
}
