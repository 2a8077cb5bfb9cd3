const numbers: readonly (readonly string[])[] = [
  "no|zero|0|none",
  "one|1|a|an|single|a single",
  "two|2|pair|a pair|pair of|a pair of|couple|a couple|couple of|a couple of|both",
  "three|3|trio|a trio|trio of|a trio of",
  "four|4",
  "five|5",
  "six|6|half a dozen|half dozen",
  "seven|7",
  "eight|8",
  "nine|9",
  "ten|10",
  "eleven|11",
  "twelve|12|dozen|a dozen|dozen of|a dozen of",
  "thirteen|13",
  "fourteen|14",
  "fifteen|15",
  "sixteen|16",
  "seventeen|17",
  "eighteen|18",
  "nineteen|19",
  "twenty|20",
].map((line) => line.split("|"));

const numberByName = new Map(numbers.flatMap((names, value) => names.map((name) => [name, value] as const)));
const vague = new Set(
  "some|several|many|few|a few|multiple|various|numerous|lots of|a lot of|plenty of|all|most".split("|"),
);

/** The number that a quantity names: 2 of "two", "2", "a pair of". Undefined for "several" and what is no quantity. */
export function numberOf(quantity: string): number | undefined {
  const name = quantity.toLowerCase();
  return numberByName.get(name) ?? (/^\d+(?:,\d{3})*$/.test(name) ? Number(name.replaceAll(",", "")) : undefined);
}

/** Whether a word counts: a number, or "several". */
export function isQuantity(word: string): boolean {
  return numberOf(word) !== undefined || vague.has(word.toLowerCase());
}

/** A number follows from a caption that gives none, since captions leave out what does not matter; that there is none does not. */
export function entailsQuantity(stated: string | undefined, candidate: string | undefined): boolean {
  if (candidate === stated || candidate === undefined) return true;
  const number = numberOf(candidate);
  if (stated === undefined) return number !== 0;
  return number !== undefined && number === numberOf(stated);
}
