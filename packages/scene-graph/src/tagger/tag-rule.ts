import type { PosTag } from "../lexicon/lexical-features.js";
import type { TagContext } from "./tag-context.js";

/** One rule of the tagger. Rules are tried in their order; the first whose `when` holds decides. */
export interface TagRule {
  readonly name: string;
  readonly when: (context: TagContext) => boolean;
  readonly tag: PosTag;
  /** Captions in which the rule decides the word between stars: "a dog *sits* on a mat". The tests run them. */
  readonly examples: readonly string[];
}

/** Rules for words of one class only. */
export const given = (holds: (context: TagContext) => boolean, rules: readonly TagRule[]): readonly TagRule[] =>
  rules.map((rule) => ({ ...rule, when: (context) => holds(context) && rule.when(context) }));
