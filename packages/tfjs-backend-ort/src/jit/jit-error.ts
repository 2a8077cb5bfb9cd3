/** What jit cannot do: the message says what stood in the way and what to do instead. */
export class JitError extends Error {
  override readonly name = "JitError";
  /** Name of a variable that the function had made before it was refused; then it cannot be called again as if nothing had happened. */
  readonly created: string | undefined;

  constructor(message: string, { created, ...options }: ErrorOptions & { readonly created?: string } = {}) {
    super(message, options);
    this.created = created;
  }
}
