/** The indefinite article that stands before `text`. By spelling, with the usual exceptions by sound ("a unicorn", "an hour"). */
export function indefiniteArticle(text: string): "a" | "an" {
  const word = text.trimStart().toLowerCase();
  if (/^(?:hour|honest|honou?r|heir)/.test(word) || /^(?:8|11(?!\d)|18(?!\d))/.test(word)) return "an";
  if (/^(?:one\b|once\b|uni(?!n|m)|us[aeiu]|ut[ei]|eu|ukulele|ewe)/.test(word)) return "a";
  return /^[aeiou]/.test(word) ? "an" : "a";
}

const irregularPlurals = new Map(
  Object.entries({
    man: "men",
    woman: "women",
    child: "children",
    person: "people",
    foot: "feet",
    tooth: "teeth",
    goose: "geese",
    mouse: "mice",
    ox: "oxen",
    knife: "knives",
    wife: "wives",
    life: "lives",
    leaf: "leaves",
    loaf: "loaves",
    half: "halves",
    shelf: "shelves",
    wolf: "wolves",
    calf: "calves",
    scarf: "scarves",
    potato: "potatoes",
    tomato: "tomatoes",
    sheep: "sheep",
    deer: "deer",
    fish: "fish",
    aircraft: "aircraft",
    luggage: "luggage",
    bus: "buses",
  }),
);

/** The plural of a noun; of a compound, that of its last word. */
function pluralise(noun: string): string {
  const cut = noun.lastIndexOf(" ") + 1;
  const head = noun.slice(cut);
  const compound = /^(.*)(man|woman|fish)$/.exec(head);
  const plural =
    irregularPlurals.get(head) ??
    (compound ? `${compound[1]}${irregularPlurals.get(compound[2]!)}` : undefined) ??
    (/(?:s|x|z|ch|sh)$/.test(head) ? `${head}es` : /[^aeiou]y$/.test(head) ? `${head.slice(0, -1)}ies` : `${head}s`);
  return noun.slice(0, cut) + plural;
}

/** `noun` in the number of `surface`, which is the text of the noun `lemma`: ("cat", "dogs", "dog") gives "cats". */
export function inNumberOf(noun: string, surface: string, lemma: string): string {
  const written = surface.toLowerCase();
  return written !== lemma && written === pluralise(lemma) ? pluralise(noun) : noun;
}
