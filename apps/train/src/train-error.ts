/** A mistake of the user's that one line explains: what was wrong, where, what was expected and what to do. */
export class TrainError extends Error {
  override readonly name = "TrainError";
}
