import type { PosTag } from "../lexicon/lexical-features.js";
import type { TagContext } from "./tag-context.js";

/** A question about a word and what stands around it. */
export type Condition<Context = TagContext> = (context: Context) => boolean;

/** One rule of the tagger. Rules are tried in their order; the first whose `when` holds decides. */
export interface TagRule<Context = TagContext> {
  readonly name: string;
  /** What rules of one group ask first; see `given`. */
  readonly given?: Condition<Context>;
  readonly when: Condition<Context>;
  readonly tag: PosTag;
  /** Captions in which the rule decides the word between stars: "a dog *sits* on a mat". The tests run them. */
  readonly examples: readonly string[];
}

/** Rules that are tried only where a condition holds; it is asked once for all of them. */
export function given(holds: Condition, rules: readonly TagRule[]): readonly TagRule[] {
  const joined = new Map<Condition | undefined, Condition>([[undefined, holds]]);
  return rules.map((rule) => {
    const inner = rule.given;
    const condition = joined.get(inner) ?? ((context: TagContext) => holds(context) && inner!(context));
    joined.set(inner, condition);
    return { ...rule, given: condition };
  });
}
