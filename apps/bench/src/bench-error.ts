/** A mistake that one line explains: what is wrong, where, what was expected and what to do. Printed without a stack trace. */
export class BenchError extends Error {
  override readonly name = "BenchError";
}
