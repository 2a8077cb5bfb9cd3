import { memoise } from "./memoise.js";
import { words } from "./words.js";

/** Nouns without a singular; they are kept as they are. */
export const pluralOnly = words(
  "pants jeans shorts scissors glasses sunglasses goggles trousers tongs pliers binoculars clothes tights leggings pajamas overalls headphones stairs people species series",
);

/** Singular nouns that end in "s". */
const singularInS = words(
  "tennis bus bass grass dress glass gas lens canvas address class kiss mess boss loss pass moss brass chess princess mattress actress waitress hostess fitness business wilderness cross compass harness cactus octopus hippopotamus walrus campus bonus virus status circus lotus citrus asparagus hummus iris tennis trellis basis atlas pancreas plus gps always chaos ibis clematis swiss tous les christmas bias debris chassis corps",
);

/** Nouns whose plural is their singular. */
export const invariableNouns = words(
  "sheep deer cattle fish moose bison shrimp aircraft spacecraft luggage baggage furniture equipment food rice bread grass water",
);

/** Irregular plurals and their singulars: one table for both directions. Of two plurals of one noun the first is written. */
const irregularPlurals: Readonly<Record<string, string>> = {
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
  potatoes: "potato",
  tomatoes: "tomato",
};

const pluralOf: ReadonlyMap<string, string> = new Map(
  Object.entries(irregularPlurals)
    .reverse()
    .map(([plural, singular]) => [singular, plural]),
);

/** The singular of a noun: "boxes" to "box", "men" to "man". A word that is singular, or has no singular, is returned as it is. */
export const nounLemma = memoise(readNounLemma);

function readNounLemma(word: string): string {
  if (Object.hasOwn(irregularPlurals, word)) return irregularPlurals[word]!;
  if (
    word.length < 4 ||
    !word.endsWith("s") ||
    pluralOnly.has(word) ||
    singularInS.has(word) ||
    /(ss|us|is|'s)$/.test(word)
  )
    return word;
  if (/(men|women|children)s$/.test(word)) return nounLemma(word.slice(0, -1));
  if (word.endsWith("ies")) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(sses|shes|ches|xes|zzes)$/.test(word)) return word.slice(0, -2);
  if (/[^aeiou]oes$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** Compounds of "man" and other irregular heads: "policemen" to "policeman". */
export const headLemma = memoise((word: string): string => {
  const lemma = nounLemma(word);
  if (lemma === word && word.length > 4 && word.endsWith("men")) return `${word.slice(0, -3)}man`;
  return lemma;
});

/** The plural of a singular noun: "box" to "boxes", "policeman" to "policemen", "person" to "people"; of a compound, that of its last word. */
export function nounPlural(noun: string): string {
  const cut = noun.lastIndexOf(" ") + 1;
  return noun.slice(0, cut) + headPlural(noun.slice(cut));
}

function headPlural(head: string): string {
  if (head === "person") return "people";
  if (invariableNouns.has(head) || pluralOnly.has(head)) return head;
  const irregular = pluralOf.get(head);
  if (irregular !== undefined) return irregular;
  const compound = /^(.*)(man|woman|child|foot|fish)$/.exec(head);
  if (compound && compound[1] !== "hu" && compound[1] !== "ger") return compound[1]! + headPlural(compound[2]!);
  if (/(?:s|x|z|ch|sh)$/.test(head)) return `${head}es`;
  return /[^aeiou]y$/.test(head) ? `${head.slice(0, -1)}ies` : `${head}s`;
}
