import { words } from "./words.js";

// Words that say how something looks: colours, materials, ages, and adjectives that a general tagger reads otherwise. General English only: no list is taken from a data set.

export const colours = words(
  `red orange yellow green blue purple violet pink brown black white grey gray silver gold golden tan beige teal turquoise maroon navy cream ivory
   crimson magenta cyan olive lavender khaki aqua bronze copper scarlet burgundy peach azure onyx indigo mauve lilac fuchsia ebony ochre taupe chartreuse vermilion cerulean blond blonde brunette multicolored multicoloured colorful colourful`,
);

/** Nouns that make one colour with the colour behind them: "lime green", "neon blue". */
export const colourNouns = words(
  "lime neon sky navy royal baby forest olive mint army hunter kelly pea blood fire cherry wine rust brick rose salmon coral lemon mustard ice powder steel charcoal jet coal snow ash chocolate midnight emerald apple sea ocean grass leaf canary candy",
);
/** Nouns that say what something is made of or how it is drawn; in front of a noun they are attributes, not a part of its name. */
export const materials = words(
  `wood metal brick stone leather plastic glass concrete steel paper cardboard wicker marble granite iron aluminum aluminium cotton wool denim velvet silk bamboo
   ceramic porcelain clay tile tiled rubber chrome cement asphalt brass straw mesh wire vinyl linen lace fur foam styrofoam oak pine stucco cobblestone plaid floral polka-dot gravel dirt`,
);

/** Nouns that say of what age, sex or use something is; in front of a noun they are attributes too: "a baby elephant". */
export const attributiveNouns = words("baby toddler mother father adult male female toy");

/** Nouns that make one attribute with the word in front of them: "long sleeve shirt", "high rise building", "double decker bus". */
export const measureNouns = words(
  "sleeve rise size decker story storey engine level tier lane seater piece panel way screen collar neck",
);

/** Open-class adjectives that a general tagger takes for something else in front of a noun. */
export const adjectives = words(
  `dotted checkered checked striped plain spotted patterned curved pointed rounded crowded left right front back top bottom upper lower middle rear inner outer main other same different similar own
   open closed tall short long big small large tiny little huge old young new round square flat empty full clean dirty wet dry dark bright light hot cold
   wooden golden grassy snowy sandy rocky muddy dusty fluffy furry hairy leafy cloudy sunny rainy foggy shiny stainless stuffed parked lit
   next several outdoor indoor adult male female elderly asian african american chinese japanese british french italian mexican european western modern antique vintage public military professional electric electronic digital
   fresh ripe raw fried baked grilled cooked sliced chopped broken bent bare nude naked blurry blurred clear fancy pretty beautiful cute handsome lovely nice ornate decorative single double triple individual additional
   massive compact expensive impressive extensive ancient native amateur barefoot overgrown civilian victorian stationary woolen matte
   many-colored multi-colored overcast bald blank bushy chubby fat skinny slim thin thick narrow wide broad steep shallow deep high low heavy calm rough smooth soft hard sharp rusty rustic tropical lush barren distant nearby
   personal overhead opposite vertical horizontal diagonal giant miniature mini medium medium-sized average typical assorted various mixed unknown visible transparent translucent opaque framed lone sole entire whole half extra
   crouched seated bearded haired coloured colored shaped sized faced eyed legged sleeved legged tailed necked handled breasted footed toned rimmed wheeled winged storied paved shaded lighted forked barbed gloved hooded arid woolly wooly curly friendly lonely ugly silly chilly bubbly frilly hilly smelly oily lively deadly ghostly heavenly leisurely orderly burly squiggly wiggly tiled carpeted cobbled plated`,
);

/** What makes one attribute with the word in front of it: "dark haired", "comfortable looking". */
export const describingParticiples = words(
  "haired eyed framed sleeved legged tailed faced shaped sized coloured colored breasted handled wheeled winged toned rimmed necked storied footed headed bearded handed engine minded looking",
);
/** What a number in front counts, and not the things: "four legged". */
export const countedParts = words("legged wheeled eyed headed handed toned storied engine winged");
