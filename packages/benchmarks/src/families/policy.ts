import { z } from "zod";

/**
 * What counts as right when scores are equal.
 * - `positive-must-win`: the right one must score strictly higher (SugarCrepe, Winoground).
 * - `first-index-wins`: among equal scores the first counts as higher, as in NumPy's argmax (ARO).
 * - `tie-is-right`: the right one must not score lower.
 */
export const tieRuleSchema = z.enum(["positive-must-win", "first-index-wins", "tie-is-right"]);
export type TieRule = z.infer<typeof tieRuleSchema>;

/** All tie rules. */
export const tieRules: readonly TieRule[] = tieRuleSchema.options;

/** `micro`: every item counts the same. `macro`: unweighted mean of the means of the groups. */
export const averagingSchema = z.enum(["micro", "macro"]);
export type Averaging = z.infer<typeof averagingSchema>;

/** How predictions become numbers: data, not code, so that the same predictions can be judged by several. */
export const policySchema = z.object({
  /** Such as "aro" or "micro"; every result says by which policy it was judged. */
  name: z.string(),
  ties: tieRuleSchema,
  averaging: averagingSchema,
  /** Groups that do not count. */
  withoutGroups: z.array(z.string()).readonly().optional(),
  /** Groups with fewer items do not count. */
  minimumGroupSize: z.number().optional(),
  /** Score above which an image and a caption are said to match; default: the median of the scores. */
  threshold: z.number().optional(),
});
export type Policy = z.infer<typeof policySchema>;

/** Every item counts the same, and a tie is wrong. */
export const strictPolicy: Policy = { name: "strict", ties: "positive-must-win", averaging: "micro" };

/** Every item counts the same, and among equal scores the first one wins. */
export const firstIndexPolicy: Policy = { name: "first-index", ties: "first-index-wins", averaging: "micro" };

/** Whether a score says yes: above the threshold, or at it where the rule lets ties win. */
export function meetsThreshold(ties: TieRule, threshold: number): (score: number) => boolean {
  return ties === "positive-must-win" ? (score) => score > threshold : (score) => score >= threshold;
}
