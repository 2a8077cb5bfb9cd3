import { ModelError } from "../model-error.js";

/** Throws a {@link ModelError} naming a token id that is outside the vocabulary. */
export function checkIds(caller: string, ids: Int32Array, vocabSize: number): void {
  const invalidId = ids.find((id) => id < 0 || id >= vocabSize);
  if (invalidId !== undefined) {
    throw new ModelError(
      `${caller}: token id ${invalidId} is outside the model's vocabulary of ${vocabSize}; use the tokenizer that belongs to it.`,
    );
  }
}
