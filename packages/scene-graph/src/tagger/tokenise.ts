import { cleanText, padding } from "./clean-text.js";

/** A word of a caption with its place and what stands before it. */
export interface Word {
  readonly text: string;
  /** Lower case, apostrophes straightened, abbreviations of prepositions written out. */
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  /** What separates it from the word before: nothing but space, a comma or the like, or a sentence's end. */
  readonly before: "" | "comma" | "sentence";
  /** It has a capital that the start of a sentence does not explain, in a caption that is not all in capitals. */
  readonly proper: boolean;
  /** It is a whole quotation, "no dogs": text on something, which is read as one word. */
  readonly quoted: boolean;
}

/** Numbers with marks inside, initials, "w/", words with apostrophes inside, an "'s" that stands alone, and "&". Whatever has no letter or digit is no word. */
const wordPattern =
  /\p{N}+(?:[.,:]\p{N}+)+|(?<!\p{L})\p{L}(?:\.\p{L})+(?!\p{L})\.?|\p{Lu}&\p{Lu}\p{L}*|(?<![\p{L}\p{N}])w\/o?(?!\p{L})|(?<![\p{L}\p{N}])w\/|[\p{L}\p{N}\p{M}_\uE000]+(?:['’`][\p{L}\p{M}\uE000]+)*['’]?|['’]s(?!\p{L})|&/gu;

const clitic = /^(.+?)(n['’]\uE000*t|['’]\uE000*(?:s|re|ve|ll|d|m)|(?<=s)['’])$/i;
const abbreviations =
  /^(mr|mrs|ms|dr|prof|st|mt|ft|jr|sr|vs|etc|approx|no|inc|ave|blvd|rd|\p{L}|\p{L}(\.\p{L})+\.?)$/iu;
const blank = " ".charCodeAt(0);
const slash = "/".charCodeAt(0);
const point = ".".charCodeAt(0);
const comma = ",".charCodeAt(0);
const [firstLetter, lastLetter] = ["a".charCodeAt(0), "z".charCodeAt(0)];
const written: ReadonlyMap<string, string> = new Map([
  ["w/", "with"],
  ["w/o", "without"],
]);

/** Words of a caption with offsets; clitics ("man's", "isn't") become words of their own. */
export function tokenise(caption: string): readonly Word[] {
  const text = cleanText(caption);
  const draft = createWordList(caption, text);
  const quotations = quotationsOf(text);
  for (let offset = 0; ; ) {
    // Most words are letters behind a blank, and the pattern takes longer to see it.
    const plain = quotations.length === 0 ? plainWordEnd(text, offset) : offset;
    if (plain > offset) {
      draft.addPlain(offset, plain);
      offset = plain;
      continue;
    }
    wordPattern.lastIndex = offset;
    const match = wordPattern.exec(text);
    if (!match) return draft.words;
    const start = match.index;
    const quotation = quotations.find(({ from, to }) => start >= from && start < to);
    if (quotation) draft.addQuotation(offset, quotation);
    else draft.add(offset, start, match[0]);
    offset = draft.words.at(-1)!.end;
  }
}

/** The end of a word of plain letters at an offset, or behind one blank there; the offset where another character stands before or behind it. */
function plainWordEnd(text: string, offset: number): number {
  const start = offset > 0 && text.charCodeAt(offset) === blank ? offset + 1 : offset;
  if (start === offset && offset > 0) return offset;
  let end = start;
  while (isPlainLetter(text.charCodeAt(end))) end++;
  const next = text.charCodeAt(end);
  const ends = end === text.length || next === blank || (end > start + 1 && (next === point || next === comma));
  return end > start && ends ? end : offset;
}

/** "a" to "z" or "A" to "Z". */
const isPlainLetter = (code: number): boolean => (code | 32) >= firstLetter && (code | 32) <= lastLetter;

/** The words so far, and the three ways to add one. `caption` is the text as it is written, `text` the cleaned one. */
function createWordList(caption: string, text: string) {
  const words: Word[] = [];
  const hasMarks = /['’`\uE000]/.test(text);
  let capitals: boolean | undefined;
  const capitalsAreMeant = () => {
    capitals ??= hasMeaningfulCapitals(text);
    return capitals;
  };
  const isProper = (piece: string) =>
    !(piece.charCodeAt(0) >= firstLetter && piece.charCodeAt(0) <= lastLetter) &&
    /^\p{Lu}(?:\p{Ll}|$)/u.test(piece) &&
    capitalsAreMeant();
  const push = (start: number, end: number, before: Word["before"]) => {
    const piece = caption.slice(start, end);
    const small = text.slice(start, end).toLowerCase();
    const plain = hasMarks ? small.replaceAll(/[’`]/g, "'").replaceAll(padding, "") : small;
    const lower = plain.charCodeAt(1) === slash ? (written.get(plain) ?? plain) : plain;
    const proper = before !== "sentence" && words.length > 0 && isProper(piece);
    words.push({ text: piece, lower, start, end, before, proper, quoted: false });
  };
  const beforeWord = (offset: number, start: number): Word["before"] => {
    const last = words.at(-1);
    return last === undefined ? "" : separator(text.slice(offset, start), last);
  };
  return {
    words,
    /** A word of letters behind one blank, or at the start. */
    addPlain(offset: number, end: number): void {
      push(text.charCodeAt(offset) === blank ? offset + 1 : offset, end, "");
    },
    addQuotation(offset: number, { from, to }: { readonly from: number; readonly to: number }): void {
      const piece = caption.slice(from, to);
      words.push({
        text: piece,
        lower: piece.toLowerCase(),
        start: from,
        end: to,
        before: beforeWord(offset, from),
        proper: false,
        quoted: true,
      });
    },
    /** A match of the pattern: it may go on a word with a hyphen, or be two words. @param offset where the last word ends */
    add(offset: number, start: number, match: string): void {
      const last = words.at(-1);
      const isClosed =
        hasMarks && /['’]$/.test(match) && (!/s['’]$/i.test(match) || /['‘]$/.test(text.slice(offset, start)));
      const found = isClosed ? match.slice(0, -1) : match;
      const end = start + found.length;
      if (last?.end === start - 1 && text[start - 1] === "-" && joinsByHyphen(text, start - 1, found)) {
        words.pop();
        push(last.start, end, last.before);
        return;
      }
      const before = beforeWord(offset, start);
      const split = hasMarks ? clitic.exec(found) : null;
      push(start, split ? start + split[1]!.length : end, before);
      if (split) push(start + split[1]!.length, end, "");
    },
  };
}

/**
 * Whether a hyphen makes one word, "middle-aged", "pick-up truck". Not where the parts are words of the scene: "snow-covered", "black-and-white", "twenty-one".
 */
const joinsByHyphen = (caption: string, hyphen: number, next: string): boolean =>
  /[\p{L}\d]$/u.test(caption.slice(0, hyphen)) &&
  (/^\p{L}+$/u.test(next) || (/^\p{N}+$/u.test(next) && /\p{L}\p{N}*$/u.test(caption.slice(0, hyphen)))) &&
  !/^(and|by|one|two|three|four|five|six|seven|eight|nine|covered|filled|lined|topped|surrounded|coated)$/i.test(
    next,
  ) &&
  !/-(and|by)$/i.test(caption.slice(0, hyphen));

/** What stands between quotation marks, the marks left out, unless it is the whole text. */
function quotationsOf(text: string): readonly { from: number; to: number }[] {
  if (!/["“`'‘]/.test(text)) return [];
  const found = [...text.matchAll(quotation)].flatMap((match) => {
    const inner = match.slice(1).find((part) => part !== undefined)!;
    const from = match.index + match[0].indexOf(inner);
    return /[\p{L}\p{N}]/u.test(inner) ? [{ from, to: from + inner.trimEnd().length }] : [];
  });
  const outside = found.reduce(
    (rest, { from, to }) => rest.slice(0, from) + " ".repeat(to - from) + rest.slice(to),
    text,
  );
  return /\p{L}/u.test(outside) ? found : [];
}

const quotation =
  /``\s*(.+?)\s*(?:''|$)|"\s*([^"]+?)\s*"|“\s*([^”]+?)\s*”|(?<=^|[\s(])['‘]([^'’\s][^'’]*(?:['’](?=\p{L})[^'’]*)*)['’](?=[\s.,!?;:)]|$)/gu;

/** Whether a capital says that a word is a name: not in "A MAN" or "A Man On A Horse". */
function hasMeaningfulCapitals(text: string): boolean {
  const words = text.match(/\p{L}{2,}/gu) ?? [];
  return words.filter((word) => /^\p{Lu}/u.test(word)).length <= Math.max(1, words.length / 2);
}

function separator(between: string, last: Word): Word["before"] {
  if (between === " ") return "";
  if (/[!?…;\n|]/.test(between)) return "sentence";
  // "Mr. Smith", "J. K. Rowling": the point of an abbreviation ends nothing.
  if (/\./.test(between) && !(/^\.[ ]?$/.test(between) && isAbbreviation(last))) return "sentence";
  return /[,:()[\]"“”–—]| - |--/.test(between) ? "comma" : "";
}

const isAbbreviation = ({ text, lower }: Word): boolean =>
  abbreviations.test(lower) && (/^\p{Lu}/u.test(text) || lower.length > 2) && lower !== "i" && text !== "A";
