/** Something given to this package is wrong; the message says what, where, and what was expected. */
export class ModelError extends Error {
  override readonly name = "ModelError";
}

/** Runs `read`, and puts `where` before the message of a {@link ModelError} that it throws. */
export async function locate<Result>(where: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof ModelError ? new ModelError(`${where}: ${error.message}`, { cause: error }) : error;
  }
}
