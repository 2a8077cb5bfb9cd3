/** A mistake that one line explains: what is wrong, what was expected and what to do. Printed without a stack trace. */
export class PerfError extends Error {
  override readonly name = "PerfError";
}
