/** What is to be run. */
export interface RecipeRequest {
  /** Name of a built-in recipe, or a file whose default export is one. */
  readonly recipe: string;
  /** Default "world", or the first one where there is no such scale. */
  readonly scale?: string;
  /** As `key=value`, see `parseSetting`. */
  readonly settings?: readonly string[];
  /** In place of the recipe's miner: a name, a file or a package. */
  readonly miner?: string;
  /** Files that are missing are told instead of thrown, for `--dry-run`. */
  readonly tellMissing?: (line: string) => void;
}
