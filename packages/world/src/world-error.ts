/** What cannot be of the world: an option or an address. The message says what was wrong and what was expected. */
export class WorldError extends Error {
  override readonly name = "WorldError";
}
