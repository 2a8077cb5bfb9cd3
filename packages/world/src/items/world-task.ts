import type { WorldLevelName } from "../scenes/levels.js";

/** One picture with captions of which one is true. Fits the items of `@tesserae/benchmarks`. */
export interface ChoiceItem {
  /** Address of the picture. */
  readonly image: string;
  readonly captions: readonly string[];
  /** Index of the true caption. */
  readonly correct: number;
  /** What the item is counted under: the relation's word, the category of the attribute, or "n=3". */
  readonly group: string;
  /** Items of equal contents (the same kinds, attributes and relations), which are not independent of each other. */
  readonly cluster: string;
}

/** Two pictures and two captions, each caption true of its own picture and false of the other (as Winoground's). */
export interface PairItem {
  readonly images: readonly [string, string];
  readonly captions: readonly [string, string];
  readonly group: string;
  readonly cluster: string;
}

/**
 * How a foil comes from the caption. Miners that make the same change train on the family; the last three change what
 * no miner of this project changes.
 */
export const foilFamilies = [
  "replace object",
  "replace attribute",
  "replace relation",
  "two edits",
  "swap ends",
  "swap attributes",
  "swap nouns",
  "swap attributes and reword",
  "move to a third thing",
  "choose the picture",
] as const;

export type FoilFamily = (typeof foilFamilies)[number];

/**
 * What a task cannot be solved by. `text`: the captions alone; `words`: the picture and the captions' words without
 * their order; `first-named`: the picture and the rule that what is named first is left or above; `picture`: the
 * pictures alone.
 */
export type Shortcut = "text" | "words" | "first-named" | "picture";

/** Items of one kind, made when they are first read. */
export interface WorldTask<Item = ChoiceItem | PairItem> {
  /** Such as "relation-swap". */
  readonly name: string;
  readonly level: WorldLevelName;
  readonly family: FoilFamily;
  /** Shortcuts that leave a scorer at chance here; the package's tests hold them there. */
  readonly rulesOut: readonly Shortcut[];
  readonly kind: "choice" | "pair";
  readonly items: readonly Item[];
}
