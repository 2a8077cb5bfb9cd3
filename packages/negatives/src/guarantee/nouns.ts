/** Small tables of nouns that name the same thing, or one a kind of the other, in ordinary captions. */

const sameThing: readonly (readonly string[])[] = [
  ["bike", "bicycle", "cycle"],
  ["motorcycle", "motorbike", "motor bike", "motor cycle", "moped"],
  ["airplane", "plane", "aeroplane", "jet", "aircraft", "jetliner", "airliner"],
  ["tv", "television", "television set"],
  ["couch", "sofa"],
  ["phone", "cellphone", "cell phone", "mobile phone"],
  ["photo", "picture", "photograph", "image"],
  ["street", "road"],
  ["kid", "child"],
  ["guy", "man", "gentleman"],
  ["lady", "woman"],
  ["fridge", "refrigerator"],
  ["stove", "oven"],
  ["donut", "doughnut"],
  ["ship", "boat"],
  ["rock", "stone"],
  ["bag", "handbag", "purse"],
  ["ocean", "sea", "water"],
  ["counter", "countertop", "counter top"],
  ["grass", "field", "lawn"],
  ["auto", "car", "automobile"],
  ["house", "home"],
];

const kinds: Readonly<Record<string, readonly string[]>> = {
  person: [
    "man",
    "woman",
    "boy",
    "girl",
    "child",
    "baby",
    "toddler",
    "teenager",
    "adult",
    "player",
    "rider",
    "skier",
    "surfer",
    "skateboarder",
    "snowboarder",
    "batter",
    "pitcher",
    "catcher",
    "chef",
    "officer",
    "pedestrian",
    "people",
    "someone",
    "somebody",
    "everyone",
    "everybody",
    "crowd",
    "he",
    "she",
    "they",
  ],
  man: ["he"],
  woman: ["she"],
  boy: ["he"],
  girl: ["she"],
  child: ["boy", "girl", "toddler", "baby"],
  people: [
    "man",
    "woman",
    "boy",
    "girl",
    "child",
    "crowd",
    "couple",
    "family",
    "group",
    "everyone",
    "everybody",
    "they",
  ],
  animal: [
    "dog",
    "cat",
    "horse",
    "cow",
    "sheep",
    "elephant",
    "zebra",
    "giraffe",
    "bear",
    "bird",
    "rabbit",
    "lion",
    "goat",
    "puppy",
    "kitten",
  ],
  dog: ["puppy"],
  cat: ["kitten"],
  vehicle: ["car", "bus", "truck", "van", "train", "motorcycle", "taxi", "tractor"],
  bird: ["duck", "goose", "seagull", "parrot", "pigeon", "owl", "chicken"],
  food: ["pizza", "sandwich", "cake", "donut", "hot dog", "meal", "salad", "fruit", "vegetable", "apple", "banana"],
  fruit: ["apple", "banana", "orange", "pear", "lemon"],
  building: ["house", "church", "tower", "barn", "skyscraper"],
  flower: ["rose", "tulip", "daisy"],
  plant: ["tree", "flower", "bush"],
};

const representative = new Map(sameThing.flatMap((group) => group.map((word) => [word, group[0]!] as const)));
const kindsOf = new Map(
  Object.entries(kinds).map(([general, special]) => [canonical(general), new Set(special.map(canonical))] as const),
);

function canonical(name: string): string {
  return representative.get(name) ?? name;
}

/** Whether every `stated` is a `candidate`: the same word, the head of a compound, a synonym, or the more general word. */
export function entailsNoun(stated: string, candidate: string): boolean {
  if (candidate === stated || stated.endsWith(` ${candidate}`)) return true;
  const general = canonical(candidate);
  const special = canonical(stated);
  if (general === special) return true;
  return kindsOf.get(general)?.has(special) ?? false;
}

/** Whether a `stated` may also be called `candidate`, so that it must not replace it in a negative. */
export function areCompatibleNouns(candidate: string, stated: string): boolean {
  return entailsNoun(stated, candidate) || entailsNoun(candidate, stated);
}

const animate = ["person", "people", "animal", "bird"];
const edible = [
  "food",
  "meat",
  "rice",
  "soup",
  "broccoli",
  "carrot",
  "potato",
  "salmon",
  "chicken",
  "bread",
  "sauce",
  "cheese",
];

/** Whether both are living beings, or both are food: things that "with" joins without saying which has which. */
export function areOfOneKind(a: string, b: string): boolean {
  return [animate, edible].some((kind) =>
    [a, b].every((name) => kind.some((general) => entailsNoun(head(name), general))),
  );
}

const head = (name: string) => name.slice(name.lastIndexOf(" ") + 1);
