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
const written: ReadonlyMap<string, string> = new Map([
  ["w/", "with"],
  ["w/o", "without"],
]);

/** Words of a caption with offsets; clitics ("man's", "isn't") become words of their own. */
export function tokenise(caption: string): readonly Word[] {
  const text = cleanText(caption);
  const words: Word[] = [];
  const capitals = hasMeaningfulCapitals(text);
  const add = (from: number, to: number, before: Word["before"]) => {
    const piece = caption.slice(from, to);
    const plain = text.slice(from, to).toLowerCase().replaceAll(/[’`]/g, "'").replaceAll(padding, "");
    const proper = capitals && before !== "sentence" && words.length > 0 && /^\p{Lu}(?:\p{Ll}|$)/u.test(piece);
    words.push({
      text: piece,
      lower: written.get(plain) ?? plain,
      start: from,
      end: to,
      before,
      proper,
      quoted: false,
    });
  };
  const quotations = quotationsOf(text);
  let offset = 0;
  for (const match of text.matchAll(wordPattern)) {
    const start = match.index;
    if (start < offset) continue; // inside a quotation
    const quotation = quotations.find(({ from, to }) => start >= from && start < to);
    if (quotation) {
      const { from, to } = quotation;
      const last = words.at(-1);
      const before = last === undefined ? "" : separator(text.slice(offset, from), last);
      const piece = caption.slice(from, to);
      words.push({
        text: piece,
        lower: piece.toLowerCase(),
        start: from,
        end: to,
        before,
        proper: false,
        quoted: true,
      });
      offset = to;
      continue;
    }
    let found = match[0];
    const between = text.slice(offset, start);
    const last = words.at(-1);
    if (/['’]$/.test(found) && (!/s['’]$/i.test(found) || /['‘]$/.test(between))) found = found.slice(0, -1);
    const end = start + found.length;
    if (last && between === "-" && last.end === start - 1 && joinsByHyphen(text, start - 1, found)) {
      words.pop();
      add(last.start, end, last.before);
      offset = end;
      continue;
    }
    const before = last === undefined ? "" : separator(between, last);
    const split = clitic.exec(found);
    add(start, split ? start + split[1]!.length : end, before);
    if (split) add(start + split[1]!.length, end, "");
    offset = end;
  }
  return words;
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
  if (/[!?…;\n|]/.test(between)) return "sentence";
  // "Mr. Smith", "J. K. Rowling": the point of an abbreviation ends nothing.
  if (/\./.test(between) && !(/^\.[ ]?$/.test(between) && isAbbreviation(last))) return "sentence";
  return /[,:()[\]"“”–—]| - |--/.test(between) ? "comma" : "";
}

const isAbbreviation = ({ text, lower }: Word): boolean =>
  abbreviations.test(lower) && (/^\p{Lu}/u.test(text) || lower.length > 2) && lower !== "i" && text !== "A";
