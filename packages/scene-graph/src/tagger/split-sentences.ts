const abbreviations =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|mt|ft|jr|sr|vs|etc|no|approx|fig|inc|ltd|ave|blvd|rd|e\.g|i\.e|a\.m|p\.m|\p{Lu}|\p{L}(?:\.\p{L})+)\.["')\]]*$/iu;

/**
 * The sentences of a text, by `Intl.Segmenter`; a piece that ends in an abbreviation ("Mt."), an initial or a bare number ("1."), or that goes on in lower
 * case, is joined with the next. Every character but the space between sentences stays.
 */
export function splitSentences(text: string): string[] {
  const segments = [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)].map(
    ({ segment }) => segment,
  );
  const sentences: string[] = [];
  let open = "";
  for (const [i, segment] of segments.entries()) {
    open += segment;
    const next = segments[i + 1];
    if (next !== undefined && !ends(open.trim(), next)) continue;
    if (open.trim() !== "") sentences.push(open.trim());
    open = "";
  }
  return sentences;
}

function ends(sentence: string, next: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(sentence) || /^\(?\p{N}+[.)]$/u.test(sentence)) return false;
  if (/^\p{Ll}/u.test(next.trim()) && /\.["')\]]*$/.test(sentence) && abbreviations.test(sentence)) return false;
  return !abbreviations.test(sentence) || /\b[aI]\.$/.test(sentence);
}
