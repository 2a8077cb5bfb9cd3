import { type ShortcutScorer, withTieBreak, wordsOf } from "./shortcut-scorer.js";

/**
 * Log-probability of a caption by the word n-grams of training captions, shorter ones where a longer one was never met:
 * a scorer that never looks at the picture.
 *
 * @param order most words of an n-gram, such as 3
 */
export function textOnly(trainingCaptions: readonly string[], order: number): ShortcutScorer {
  const counts = new Map<string, number>();
  for (const caption of trainingCaptions) {
    for (const { gram } of grams(caption, order)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  const total = [...counts].reduce((sum, [gram, count]) => sum + (gram.includes(" ") ? 0 : count), 0);
  const logProbability = (caption: string) =>
    grams(caption, order).reduce((sum, { gram, history }) => {
      const base = history === "" ? total : (counts.get(history) ?? 0);
      return sum + Math.log(((counts.get(gram) ?? 0) + 0.5) / (base + 100));
    }, 0);
  return {
    name: `text only (${order}-grams)`,
    shortcut: "text",
    score: (image, captions) => captions.map((caption) => withTieBreak(round(logProbability(caption)), image, caption)),
  };
}

/** Sums of logarithms in another order differ in their last bits, which would decide ties always the same way. */
function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function grams(caption: string, order: number): { readonly gram: string; readonly history: string }[] {
  const words = ["^", ...wordsOf(caption), "$"];
  return words.flatMap((_, end) => {
    const longest = Math.min(order, end + 1);
    return Array.from({ length: longest }, (_, index) => {
      const gram = words.slice(end - index, end + 1);
      return { gram: gram.join(" "), history: gram.slice(0, -1).join(" ") };
    });
  });
}
