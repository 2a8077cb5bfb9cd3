/** Verb forms that the conjugation models below take for another verb. */
const irregularVerbs: Readonly<Record<string, string>> = {
  lay: "lie",
  laid: "lay",
  laying: "lay",
  lying: "lie",
  left: "leave",
  saw: "see",
  texting: "text",
  skis: "ski",
  lit: "light",
  does: "do",
  goes: "go",
  has: "have",
  had: "have",
  wound: "wind",
  bound: "bind",
  fell: "fall",
  dyed: "dye",
  done: "do",
  gone: "go",
  lain: "lie",
};

/** Finds the base form of a verb form of a given tense. */
export type ToInfinitive = (word: string, tense: "PastTense" | "Participle" | "PresentTense" | "Gerund") => string;

/** The base form of a verb: "riding", "rides" and "rode" to "ride". */
export function verbLemma(word: string, toInfinitive: ToInfinitive): string {
  if (Object.hasOwn(irregularVerbs, word)) return irregularVerbs[word]!;
  if (/[aeiouy].*ing$/.test(word) && word.length > 4) {
    const found = toInfinitive(word, "Gerund");
    return found === word ? word.slice(0, -3) : found;
  }
  if (word.endsWith("s") && !word.endsWith("ss")) {
    if (/(sses|shes|ches|xes|zzes)$/.test(word)) return word.slice(0, -2);
    return toInfinitive(word, "PresentTense");
  }
  return word;
}

/** The base form of a past form or past participle: "parked" and "worn" to "park" and "wear". */
export function pastLemma(word: string, toInfinitive: ToInfinitive): string {
  if (Object.hasOwn(irregularVerbs, word)) return irregularVerbs[word]!;
  const found = toInfinitive(word, "PastTense");
  return found === word ? toInfinitive(word, "Participle") : found;
}
