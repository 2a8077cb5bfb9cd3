/** A wrong option or a parameter that does not fit: what was wrong, where, what was expected. */
export class OptimError extends Error {
  override readonly name = "OptimError";
}
