import { parseWorldAddress, worldScene } from "../world-address.js";
import { type ShortcutScorer, withTieBreak, wordsOf } from "./shortcut-scorer.js";

/**
 * The rule that what a caption names first is left of, or above, what it names second, whatever its words say: knowledge
 * of the picture and of the order of naming, and of no relation.
 */
export function firstNamed(): ShortcutScorer {
  return {
    name: "first named is left or above",
    shortcut: "first-named",
    score(image, captions) {
      const { objects } = worldScene(parseWorldAddress(image));
      return captions.map((caption) => {
        const [first, second] = wordsOf(caption).flatMap((word) => objects.filter(({ kind }) => kind === word));
        if (!first || !second) return withTieBreak(0, image, caption);
        const across = second.box.x + second.box.width / 2 - (first.box.x + first.box.width / 2);
        const down = second.box.y + second.box.height / 2 - (first.box.y + first.box.height / 2);
        const ahead = Math.abs(across) > Math.abs(down) ? across : down;
        return withTieBreak(ahead > 0 ? 1 : 0, image, caption);
      });
    },
  };
}
