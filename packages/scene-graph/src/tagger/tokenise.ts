import type { LanguageModel } from "../lexicon/language-model.js";

/** A word of a caption with its place and what stands before it. */
export interface Word {
  readonly text: string;
  /** Lower case, apostrophes straightened. */
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  /** What separates it from the word before: nothing but space, a comma or the like, or a sentence's end. */
  readonly before: "" | "comma" | "sentence";
}

const clitic = /^(.+?)(n['’]t|['’](?:s|re|ve|ll|d|m)|(?<=s)['’])$/i;

/** Words of a caption by compromise's tokenizer, with offsets; clitics ("man's", "isn't") become words of their own. */
export function tokenise(caption: string, language: LanguageModel): readonly Word[] {
  const words: Word[] = [];
  let offset = 0;
  const add = (text: string, start: number, before: Word["before"]) =>
    words.push({ text, lower: text.toLowerCase().replace(/[’`]/g, "'"), start, end: start + text.length, before });
  for (const sentence of language.split(caption)) {
    let first = true;
    for (const text of sentence) {
      // A possessive apostrophe that stands alone comes as punctuation: "player 's".
      const found = text === "" ? -1 : caption.indexOf(text, offset);
      if (found >= 0) {
        const between = caption.slice(offset, found);
        const before = words.length === 0 ? "" : separator(between, first);
        const last = words.at(-1);
        if (last && between === "-" && last.end === offset && joinsByHyphen(caption, offset, text)) {
          offset = found + text.length;
          const joined = caption.slice(last.start, offset);
          words[words.length - 1] = { ...last, text: joined, lower: joined.toLowerCase(), end: offset };
          continue;
        }
        const alone = text.toLowerCase() === "s" && /['’]$/.test(between);
        if (alone) add(caption.slice(found - 1, found + 1), found - 1, "");
        else addPieces(text, found, before, add);
        // A mark that stands alone, "man , woman", separates the words around it.
        if ((words.at(-1)?.end ?? 0) > offset) offset = found + text.length;
        // An apostrophe that the tokenizer put behind a plural is the possessive: "dogs' bowl".
        if (/s$/i.test(text) && /^['’]\s/.test(caption.slice(offset, offset + 2)) && !/['‘]\S*$/.test(between)) {
          add(caption.slice(offset, offset + 1), offset, "");
          offset += 1;
        }
        first = false;
      }
    }
  }
  return words;
}

/**
 * Whether a hyphen makes one word, "middle-aged", "pick-up truck". Not where the parts are words of the scene: "snow-covered", "black-and-white", "twenty-one".
 */
const joinsByHyphen = (caption: string, hyphen: number, next: string): boolean =>
  /[\p{L}\d]$/u.test(caption.slice(0, hyphen)) &&
  /^\p{L}+$/u.test(next) &&
  !/^(and|by|one|two|three|four|five|six|seven|eight|nine|covered|filled|lined|topped|surrounded|coated)$/i.test(
    next,
  ) &&
  !/-(and|by)$/i.test(caption.slice(0, hyphen));

/** Adds a term that may hold punctuation without a space, "hat,wearing", or a clitic, "man's". */
function addPieces(
  text: string,
  start: number,
  before: Word["before"],
  add: (text: string, start: number, before: Word["before"]) => void,
): void {
  let first = true;
  for (const piece of text.matchAll(/[^,;:()[\]"“”/]+/g)) {
    const at = start + piece.index;
    const gap = first ? before : separator(text.slice(0, piece.index).slice(-1), false);
    const split = clitic.exec(piece[0]);
    add(split ? split[1]! : piece[0], at, gap);
    if (split) add(split[2]!, at + split[1]!.length, "");
    first = false;
  }
}

function separator(between: string, sentenceStart: boolean): Word["before"] {
  if (/[.!?…;\n|]/.test(between)) return "sentence";
  if (/[,:()[\]"“”–—]| - |--/.test(between)) return "comma";
  return sentenceStart ? "sentence" : "";
}
