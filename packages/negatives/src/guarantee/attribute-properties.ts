/** What attributes say about each other: scales of values of which one excludes the others, words of one meaning, words that say nothing. */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export type AttributeType =
  | "colour"
  | "size"
  | "pattern"
  | "material"
  | "shape"
  | "age"
  | "count"
  | "posture"
  | "state"
  | "weather"
  | "sex";

/** A scale: of its values, those of different lines exclude one another; those of one line may hold at once, or mean the same. */
export interface AttributeScale {
  readonly type: AttributeType;
  readonly values: readonly (readonly string[])[];
}

const scale = (type: AttributeType, ...lines: readonly string[]): AttributeScale => ({
  type,
  values: lines.map(words),
});

export const attributeScales: readonly AttributeScale[] = [
  scale(
    "colour",
    "red crimson scarlet maroon burgundy",
    "green olive lime",
    "blue navy azure cyan aqua teal turquoise",
    "yellow gold golden blond blonde mustard",
    "orange",
    "purple violet lavender magenta",
    "pink peach",
    "brown tan beige khaki bronze brunette",
    "black ebony onyx",
    "white cream ivory",
    "gray grey silver",
  ),
  scale(
    "size",
    "small little tiny mini miniature petite compact",
    "large big huge giant enormous massive gigantic oversized jumbo",
  ),
  scale("size", "tall high", "short low"),
  scale("size", "long", "short brief"),
  scale("size", "wide broad thick fat", "narrow thin slim skinny"),
  scale("size", "medium medium-sized"),
  scale(
    "pattern",
    "striped",
    "dotted spotted polka-dotted",
    "checkered checked plaid",
    "floral flowered flowery",
    "plain solid",
  ),
  scale("pattern", "patterned", "plain solid"),
  scale(
    "material",
    "wooden wood oak pine bamboo wicker",
    "metal steel iron stainless chrome brass aluminum aluminium metallic copper",
    "plastic rubber vinyl",
    "glass crystal",
    "stone brick concrete marble cement granite cobblestone tile tiled rock",
    "leather",
    "paper cardboard",
    "ceramic porcelain clay",
    "cotton wool woolen denim velvet silk linen knit knitted",
  ),
  scale("shape", "round circular oval spherical", "square rectangular", "triangular"),
  scale("shape", "flat", "curved"),
  scale("age", "young", "old older elderly aged"),
  scale("age", "new modern brand-new", "old ancient antique vintage"),
  scale(
    "count",
    "one single lone",
    "two double",
    "three triple",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
  ),
  scale(
    "posture",
    "sitting seated",
    "standing",
    "lying laying",
    "kneeling crouching squatting",
    "walking",
    "running",
    "jumping leaping",
    "flying",
    "swimming",
    "sleeping",
  ),
  scale("state", "open opened", "closed shut"),
  scale("state", "wet soaked", "dry"),
  scale("state", "clean", "dirty muddy dusty filthy"),
  scale("state", "empty", "full filled crowded"),
  scale("state", "cooked baked fried grilled roasted", "raw uncooked"),
  scale("state", "broken damaged cracked", "intact unbroken"),
  scale("state", "folded", "unfolded"),
  scale("state", "painted", "unpainted"),
  scale("state", "peeled", "unpeeled"),
  scale("state", "hot", "cold icy frozen"),
  scale("state", "dark dim", "bright light lit"),
  scale("state", "happy cheerful", "sad unhappy"),
  scale("state", "asleep", "awake"),
  scale("state", "indoor", "outdoor"),
  scale("state", "smooth", "rough bumpy"),
  scale("state", "soft", "hard"),
  scale("state", "heavy", "light lightweight"),
  scale("state", "fresh", "rotten stale"),
  scale("state", "ripe", "unripe"),
  scale("state", "calm still", "rough choppy stormy"),
  scale("state", "busy crowded", "quiet empty deserted"),
  scale("state", "bald", "haired hairy long-haired"),
  scale("state", "straight", "curved curly bent crooked"),
  scale("state", "modern", "rustic traditional"),
  scale("state", "shallow", "deep"),
  scale("state", "moving", "parked still stationary"),
  scale("weather", "sunny clear", "cloudy overcast rainy stormy foggy snowy"),
  scale("sex", "male", "female"),
  scale("age", "adult grown", "baby juvenile newborn"),
];

/** Words that mean the same; the first stands for all. */
export const sameAttributes: readonly (readonly string[])[] = [
  "gray grey silver",
  "gold golden",
  "blonde blond",
  "wooden wood",
  "large big huge giant enormous massive gigantic",
  "small little tiny miniature",
  "old older elderly aged",
  "checkered checked plaid",
  "dotted spotted polka-dotted",
  "metal metallic",
  "round circular",
  "sitting seated",
  "lying laying",
  "floral flowered flowery",
  "colorful colourful multicolored multi-colored multicoloured",
].map(words);

/** Adjectives that tell nothing that can be seen to be false: deictic, counting, positional, modal. Neither replaced nor a replacement. */
export const vacuousAttributes: ReadonlySet<string> = new Set(
  words(
    `different other same certain next several various own such another many few whole entire main first second third last final single
    similar additional extra actual real typical particular specific possible available multiple numerous assorted individual separate respective
    only very general overall usual common normal regular ordinary unknown unidentified visible present nearby surrounding adjacent left right front back
    side top bottom upper lower middle center central inner outer rear near far close opposite some any all both each every more most less least much
    enough half double dual like alone together identical matching corresponding related unrelated apparent seeming obvious likely unlikely able
    unable ready due sole mere sheer proper appropriate suitable good bad nice great best better favorite favourite random diverse mixed
    miscellaneous lot unique special average basic current former previous recent latest early late future past original usual daily
    one another upcoming potential sort kind so-called respective total complete partial distant background foreground type local public so too
    non just else old-fashioned full-size standard known named called based such interesting important famous popular`,
  ),
);

/** "-ing" forms that say something without an object, so that they stand as attributes: "a sleeping dog". All others need one ("holding"). */
export const intransitiveParticiples: ReadonlySet<string> = new Set(
  words(
    `sitting standing lying laying kneeling crouching squatting walking running jumping leaping flying swimming sleeping smiling laughing crying dancing
    resting grazing barking skiing surfing skateboarding snowboarding skating waiting posing napping yawning falling moving sailing racing
    leaning hanging floating burning glowing shining rising setting living dining cooking shopping parking boxing bathing hiking jogging traveling
    flowing blooming kissing bending stretching relaxing playing rolling rocking folding oncoming matching`,
  ),
);

/** Past participles that need what follows them: "filled (with)", "made (of)". */
export const incompleteParticiples: ReadonlySet<string> = new Set(
  words(
    `filled covered made surrounded dressed attached used called shown seen based located topped loaded lined placed positioned situated set
    connected mounted adorned equipped fitted laden held taken being having done going getting piled stacked engaged involved gathered
    perched draped tied wrapped leaned propped displayed arranged decorated designed next hung put left stuck joined seated aimed pointed
    accompanied followed occupied included inserted written spread served prepared built worn ridden driven pulled pushed carried`,
  ),
);

/**
 * What a caption would say, so that it is false where it says nothing; not "stone", "brick" or "orange", which a mug,
 * a fence, a cat may be.
 */
export const surprisingValues: ReadonlySet<string> = new Set(
  words(
    `purple violet lavender magenta pink turquoise teal aqua lime inflatable triangular flooded frozen burning melted sliced hairy
    furry feathered edible`,
  ),
);

/** Values that few things have: what is put where nothing is known of the old word, or where there was none. */
export const unusualValues: ReadonlySet<string> = new Set(
  words(
    `purple violet lavender magenta pink peach orange turquoise teal aqua maroon lime neon golden silver striped dotted spotted polka-dotted
    checkered checked plaid floral flowered wooden plastic glass stone brick leather cardboard ceramic porcelain concrete marble bamboo triangular
    oval inflatable transparent knitted denim velvet rusty furry fluffy frozen burning flooded translucent`,
  ),
);
