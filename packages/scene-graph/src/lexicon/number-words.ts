/** Number words from two on, with their digits. */
export const numberWords: Readonly<Record<string, string>> = {
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  ten: "10",
  eleven: "11",
  twelve: "12",
};

const values: Readonly<Record<string, number>> = {
  ...Object.fromEntries(Object.entries(numberWords).map(([word, digits]) => [word, Number(digits)])),
  zero: 0,
  no: 0,
  none: 0,
  one: 1,
  single: 1,
  lone: 1,
  both: 2,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

/** Words that multiply what stands in front of them: "two dozen", "a pair of". */
const multiples: Readonly<Record<string, number>> = {
  half: 0.5,
  pair: 2,
  couple: 2,
  duo: 2,
  trio: 3,
  quartet: 4,
  quintet: 5,
  dozen: 12,
  hundred: 100,
  thousand: 1000,
  million: 1_000_000,
};

const known = new Map<string, number | undefined>();

/** The number that a quantity names: 2 of "two", "2", "a pair of", 21 of "twenty-one". Undefined for "several" and what is no exact number. */
export function numberOf(quantity: string): number | undefined {
  const written = quantity.toLowerCase();
  if (!known.has(written)) {
    if (known.size > 2000) known.clear();
    known.set(written, readNumber(written));
  }
  return known.get(written);
}

function readNumber(written: string): number | undefined {
  if (/^\d+(?:,\d{3})*$/.test(written)) return Number(written.replaceAll(",", ""));
  const parts = written.split(/[\s-]+/).filter((word) => word !== "of" && word !== "and");
  const named = parts.filter((word) => word !== "a" && word !== "an");
  if (named.length === 0) return parts.length > 0 ? 1 : undefined;
  let total = 0;
  let current: number | undefined;
  for (const word of named) {
    const multiple = Object.hasOwn(multiples, word) ? multiples[word]! : undefined;
    const value = /^\d+$/.test(word) ? Number(word) : Object.hasOwn(values, word) ? values[word] : undefined;
    if (value !== undefined) current = (current ?? 0) + value;
    else if (multiple === undefined) return undefined;
    else if (multiple >= 1000) {
      total += (current ?? 1) * multiple;
      current = undefined;
    } else current = (current ?? 1) * multiple;
  }
  return total + (current ?? 0);
}
