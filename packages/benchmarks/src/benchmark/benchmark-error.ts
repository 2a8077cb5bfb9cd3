/** A mistake that one line explains: which file, item or name, what was expected, and what to do. */
export class BenchmarkError extends Error {
  override readonly name = "BenchmarkError";
}
