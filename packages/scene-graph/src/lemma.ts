import { pluralOnly } from "./word-lists.js";

const irregularNouns: Readonly<Record<string, string>> = {
  men: "man",
  women: "woman",
  children: "child",
  feet: "foot",
  teeth: "tooth",
  geese: "goose",
  mice: "mouse",
  oxen: "ox",
  wolves: "wolf",
  knives: "knife",
  wives: "wife",
  lives: "life",
  leaves: "leaf",
  loaves: "loaf",
  shelves: "shelf",
  halves: "half",
  calves: "calf",
  hooves: "hoof",
  scarves: "scarf",
  elves: "elf",
  thieves: "thief",
  selves: "self",
  dice: "die",
  cacti: "cactus",
  buses: "bus",
  busses: "bus",
  gases: "gas",
  lenses: "lens",
  canvases: "canvas",
  movies: "movie",
  cookies: "cookie",
  pies: "pie",
  ties: "tie",
  zombies: "zombie",
  brownies: "brownie",
  veggies: "veggie",
  selfies: "selfie",
  hoodies: "hoodie",
  birdies: "birdie",
  doggies: "doggie",
  smoothies: "smoothie",
  shoes: "shoe",
  toes: "toe",
  canoes: "canoe",
  horseshoes: "horseshoe",
  tiptoes: "tiptoe",
  does: "doe",
  foes: "foe",
  oboes: "oboe",
  axes: "axe",
  caches: "cache",
  niches: "niche",
  headaches: "headache",
  moustaches: "moustache",
  mustaches: "mustache",
  avalanches: "avalanche",
  quiches: "quiche",
  clothes: "clothes",
  skis: "ski",
  taxis: "taxi",
  bikinis: "bikini",
  kiwis: "kiwi",
  zucchinis: "zucchini",
  safaris: "safari",
  bonsais: "bonsai",
  gladioli: "gladiolus",
  fungi: "fungus",
  alumni: "alumnus",
  larvae: "larva",
};

/** The singular of a noun: "boxes" to "box", "men" to "man". A word that is singular, or has no singular, is returned as it is. */
export function nounLemma(word: string): string {
  if (Object.hasOwn(irregularNouns, word)) return irregularNouns[word]!;
  if (word.length < 4 || !word.endsWith("s") || pluralOnly.has(word) || /(ss|us|is|'s)$/.test(word)) return word;
  if (/(men|women|children)s$/.test(word)) return nounLemma(word.slice(0, -1));
  if (word.endsWith("ies")) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(sses|shes|ches|xes|zzes)$/.test(word)) return word.slice(0, -2);
  if (/[^aeiou]oes$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** Compounds of "man" and other irregular heads: "policemen" to "policeman". */
export function headLemma(word: string): string {
  const lemma = nounLemma(word);
  if (lemma === word && word.length > 4 && word.endsWith("men")) return `${word.slice(0, -3)}man`;
  return lemma;
}

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
