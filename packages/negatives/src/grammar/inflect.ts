import { headLemma, nounPlural } from "@tesserae/scene-graph/lexicon";

/** The indefinite article that stands before `text`. By spelling, with the usual exceptions by sound ("a unicorn", "an hour"). */
export function indefiniteArticle(text: string): "a" | "an" {
  const word = text.trimStart().toLowerCase();
  if (/^(?:hour|honest|honou?r|heir)/.test(word) || /^(?:8|11(?!\d)|18(?!\d))/.test(word)) return "an";
  if (/^(?:one\b|once\b|uni(?!n|m)|us[aeiu]|ut[ei]|eu|ukulele|ewe)/.test(word)) return "a";
  return /^[aeiou]/.test(word) ? "an" : "a";
}

const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Nouns without a singular. */
const pluralOnly = list(
  `pants jeans shorts scissors glasses sunglasses goggles trousers tongs pliers binoculars clothes tights leggings pajamas overalls headphones
  stairs people cattle police surroundings belongings remains sweatpants eyeglasses handcuffs folks groceries fries`,
);

/** Nouns whose plural is their singular, which may be counted. */
const invariable = list("sheep deer fish moose bison shrimp aircraft spacecraft series species salmon swine offspring");

/** Nouns that are not counted: no "a", no plural. */
const uncountable = list(
  `water grass snow sand rice bread luggage baggage furniture equipment food hair fur dirt mud ice butter cheese meat beef pork bacon ham
  milk coffee tea beer wine juice soda sugar salt pepper flour oil sauce ketchup mustard mayonnaise lettuce spinach broccoli cabbage celery
  corn pasta spaghetti seafood fruit jewelry clothing silverware traffic rain fog smoke steam dust gravel concrete wood metal plastic leather
  cotton wool paper cardboard air sunlight daylight light darkness shade shadow weather wind electricity music art graffiti writing text
  money trash garbage rubbish litter junk debris foliage greenery vegetation hay straw wheat moss ivy bamboo shrubbery foam soap shampoo
  tennis baseball football soccer basketball golf hockey volleyball frisbee polo cricket chess surf surfing skiing snowboarding skateboarding
  homework information news advice research scenery machinery hardware software stuff gear merchandise mail toast yogurt cereal oatmeal
  chocolate honey jam jelly cream icing frosting dough batter gravy soup stew tofu sushi popcorn candy makeup lipstick fabric cloth denim
  lace velvet silk tile carpeting lighting seating parking shopping cooking public nature wildlife livestock poultry produce whiskey vodka
  champagne liquor alcohol lemonade midair mid-air heaven earth downtown
  clay masonry pollution powder overgrowth oatmeal booze bedding flooring paint decor attire toothpaste syrup cauliflower`,
);

/** The last word of a noun: "dog" of "hot dog". */
export const headOf = (noun: string): string => noun.slice(noun.lastIndexOf(" ") + 1);

/** Whether a noun is not counted: "water", "luggage". */
export function isUncountable(noun: string): boolean {
  // "a street light"
  if (noun.endsWith(" light")) return false;
  return uncountable.has(headOf(noun));
}

/** Whether a noun has a plural alone: "pants", "people". */
export function isPluralOnly(noun: string): boolean {
  return pluralOnly.has(headOf(noun));
}

/** Whether the written noun is a plural; of "sheep" this is told by what counts it. */
export function isPlural(surface: string, lemma: string, before: string): boolean {
  const written = headOf(surface.toLowerCase());
  if (pluralOnly.has(written)) return true;
  if (invariable.has(written))
    return !/\b(?:an?|one|this|that|each|every|another|the)\s+(?:(?!of\b)[\p{L}-]+\s+){0,3}$/iu.test(before);
  const singular = headOf(lemma);
  if (written === singular) return headLemma(written) !== written;
  return written === nounPlural(singular) || headLemma(written) === singular;
}

/** `noun` in the plural or singular; undefined where it has none. */
export function inNumber(noun: string, number: "singular" | "plural"): string | undefined {
  if (number === "singular") return isPluralOnly(noun) ? undefined : noun;
  if (isUncountable(noun)) return undefined;
  return nounPlural(noun);
}
