import { words } from "../lexicon/words.js";
import type { Word } from "./tokenise.js";

/** Words that English captions are full of. */
const english = words("the of with and is are at by from his her an their this that there two three sitting standing");
/** Function words of other languages that are no English words. */
const foreign = words(
  `un una el la los las del con por para que en y de le les des du une est avec dans sur sous et au aux der die das ein eine einem einer eines und mit auf ist im am zu von den dem il lo gli di della nel nella che
   ve bir ile için ett i samt och på sono het een van op met voor naar do da na no em uma com os och på med som är jest nie się do`,
);

/** Letters of Polish, Turkish, Hungarian and Croatian that words borrowed into English do not keep. */
const foreignLetter = /[ğışłżźćęąśńőűđ]/u;

/**
 * Whether a caption is English, as far as its function words and letters tell: not if two or more are those of another language and none is English, or
 * if most of its letters are not Latin. Short captions count as English.
 */
export function isEnglish(caption: readonly Word[]): boolean {
  if (caption.length === 0 || caption.some(({ lower }) => english.has(lower))) return true;
  const others = caption.filter(({ lower }) => foreign.has(lower)).length;
  if (others >= 2 && others * 4 >= caption.length) return false;
  if (others > 0 && caption.some(({ lower }) => foreignLetter.test(lower))) return false;
  const letters = caption.flatMap(({ lower }) => lower.match(/\p{L}/gu) ?? []);
  const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length;
  return letters.length === 0 || latin * 2 >= letters.length;
}
