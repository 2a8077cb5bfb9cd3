const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Abbreviations with a full stop that stand before a name, a number or a continuation. */
const abbreviations = new Set(
  "mr mrs ms dr prof st mt ft vs etc no nos approx ca cf e.g i.e fig al jr sr gen col sgt capt lt rev hon gov sen rep pres ave blvd rd bldg apt dept est inc ltd co corp oz lb lbs in cm mm km kg min max temp vol ed eds p pp ch sec jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun u.s u.k a.m p.m d.c".split(
    " ",
  ),
);
/** Those of them that end a sentence as well, before a capital. */
const mayEnd = new Set("etc a.m p.m u.s u.k d.c jr sr inc co in st ave rd min max no sun sat".split(" "));

/**
 * The sentences of a text. Boundaries are those of Unicode's sentence segmentation (`Intl.Segmenter`, English), but not behind an abbreviation
 * ("Mt.", "Mr."), an initial ("J. Doe") or the number of a list ("1."), and a part without two words is joined to its neighbour, so that
 * neither "1." nor "Mt." nor "tall." is ever a sentence of its own, unless it is the whole text.
 */
export function splitSentences(text: string): string[] {
  const parts: string[] = [];
  let open = "";
  // A full stop without the blank behind it, "a mat.A dog", ends a sentence too.
  const spaced = text.replace(/(?<=\p{Ll}{3}[.!?])(?=\p{Lu}\p{Ll}*\s)/gu, " ");
  const pieces = [...segmenter.segment(spaced)].flatMap(({ segment }) => atStops(segment));
  for (const [i, piece] of pieces.entries()) {
    open += piece;
    if (!endsSentence(open, pieces[i + 1] ?? "")) continue;
    parts.push(open);
    open = "";
  }
  parts.push(open);
  return joinFragments(parts.map((part) => part.replace(/\s+/g, " ").trim()).filter((part) => part !== ""));
}

/** The segmenter breaks before capitals only; captions often go on in lower case behind a full stop. */
function atStops(segment: string): string[] {
  return segment.split(/(?<=[.!?…]["'”’)\]]*\s+)(?=\S)/u);
}

function endsSentence(text: string, next: string): boolean {
  const end = text.trimEnd();
  if (!/[.!?…]["'”’)\]]*$/u.test(end)) return false;
  if (/^[("'[]*(?:\p{N}+|[ivx]+|[IVX]{2,})[.)]$/u.test(end) || /[\s](?:[IVX]{2,})\.$/u.test(end)) return false;
  // "(approx. 2 in.) is blue", "3 m. wide": it goes on in lower case.
  if (/^\p{Ll}/u.test(next) && (/\)$/.test(end) || /\p{N}\s*(?:m|in|ft|cm|mm|km|kg|g|oz|lb|lbs|yd)\.$/u.test(end)))
    return false;
  const word = /([\p{L}][\p{L}.]*)\.$/u.exec(end)?.[1];
  if (word === undefined) return true;
  if (/^\p{Lu}$/u.test(word)) return word === "I";
  const name = word.toLowerCase();
  return !abbreviations.has(name) || (mayEnd.has(name) && /^["'(]*\p{Lu}/u.test(next) && word === name);
}

/** Parts of less than two words go to the sentence before them, or the one behind. */
function joinFragments(parts: readonly string[]): string[] {
  const joined: string[] = [];
  let waiting = "";
  for (const part of parts) {
    const whole = waiting === "" ? part : `${waiting} ${part}`;
    waiting = "";
    if (isSentence(part)) joined.push(whole);
    else if (joined.length > 0 && !/^[("'[]*\p{N}+[.)]$/u.test(part)) joined[joined.length - 1] += ` ${whole}`;
    else waiting = whole;
  }
  if (waiting !== "") {
    if (joined.length > 0) joined[joined.length - 1] += ` ${waiting}`;
    else joined.push(waiting);
  }
  return joined;
}

const isSentence = (part: string) => (part.match(/[\p{L}\p{N}]+(?:['’-]\p{L}+)*/gu) ?? []).length > 1;
