import { attributeWords } from "../captions/caption-plan.js";
import { relationPhrases } from "../captions/relation-phrases.js";
import type { Scene } from "../scenes/scene.js";
import { parseWorldAddress, worldScene } from "../world-address.js";
import { type ShortcutScorer, withTieBreak, wordsOf } from "./shortcut-scorer.js";

/**
 * The most that a bag of words can know: for every word of a caption, whether it fits anything in the picture. It knows
 * which things, colours, sizes and patterns are there, and which relations hold between any two things, but not which
 * word belongs to which.
 */
export function wordBag(): ShortcutScorer {
  return {
    name: "bag of words",
    shortcut: "words",
    score(image, captions) {
      const fitting = fittingWords(worldScene(parseWorldAddress(image)));
      return captions.map((caption) => {
        const wrong = wordsOf(caption).filter((word) => worldWords.has(word) && !fitting.has(word));
        return withTieBreak(-wrong.length, image, caption);
      });
    },
  };
}

const relationWords = new Set(relationPhrases.flatMap(({ predicate }) => predicate.split(" ")));

/** Words that say something of a picture; articles, copulas and stops do not. */
const worldWords = {
  has: (word: string) =>
    !["a", "an", "the", "is", "there", "and", "to", "of"].includes(word) || relationWords.has(word),
};

function fittingWords({ objects, relations }: Scene): Set<string> {
  const words = objects.flatMap(({ kind, colour, size, pattern }) => [
    kind,
    ...[colour, size, pattern].flatMap(attributeWords),
  ]);
  const stated = new Set(relations.map(({ predicate }) => predicate));
  const phrases = relationPhrases.filter(
    ({ relation }) => stated.has(relation) || (relation === "above" && stated.has("on")),
  );
  return new Set([...words, ...phrases.flatMap(({ predicate }) => predicate.split(" "))]);
}
