/** Closed classes of English and small word groups that the grammar needs. General English only: no list is taken from a data set. */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const determiners = words(
  "a an the this that these those another each every either neither no any some both all its such what",
);
export const possessivePronouns = words("his her its their my your our whose");
export const pronouns = words(
  "it he she they them him i we you us me itself himself herself themselves one ones something everything nothing other others who whom which that this these those each",
);
export const numbers = words(
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dozen dozens hundreds",
);
export const quantifiers = words("several many few multiple various numerous most more much lots couple countless");
export const conjunctions = words("and or but & nor plus");
export const subordinators = words("while as when where because if although though since so than before after until");
export const beForms = words("is are was were be been being am 's 're isn't aren't wasn't weren't");
export const auxiliaries = words(
  "has have had having does do did can could will would may might must shall should gets get got getting seems appears seem appear becomes looks",
);
export const modals = words("ca does do did can could will would may might must shall should");
export const negations = words("not n't never no without");
export const adverbs = words(
  "very really quite just only also too still almost already again together apart alone away here now then there maybe perhaps even ever away quickly slowly partly partially mostly nearly completely slightly extremely well yet currently directly closely nicely neatly both else somewhere nearby outdoors indoors upside backwards forward forwards sideways overhead upright ahead back apart",
);
/** Adverbs that make one attribute with the adjective after them: "partly cloudy", "dark green". */
export const degreeWords = words(
  "very partly partially mostly really quite extremely slightly too so light dark bright pale deep",
);

/** Those of them that are adjectives when they stand alone: "light blue", "a light room". */
export const colourShades = words("light dark bright pale deep");

export const prepositions = words(
  `in on at of with by from to into onto over under above below behind beside besides between beneath underneath among amongst amid around about across along alongside against
   near toward towards through thru throughout inside outside off up down past for without within upon atop like during beyond via per opposite out after before astride aboard except unlike despite`,
);
export const particles = words(
  "up down out off away back around along over together forward by through aside apart on in",
);
/** Nouns that name a place of something and make a preposition with "of": "in front of", "to the left of". */
export const placeNouns = words(
  "front back top side sides left right middle center centre edge edges end bottom corner rear base head foot midst inside outside background foreground underside surface tip",
);
/** Place nouns before which the preposition "to" is dropped from the predicate: "to the left of" is "left of". */
export const sideNouns = words("left right north south east west");
/** Two- and three-word prepositions without a noun phrase inside. */
export const compoundPrepositions: ReadonlySet<string> = new Set([
  "next to",
  "close to",
  "adjacent to",
  "near to",
  "away from",
  "far from",
  "out of",
  "up to",
  "because of",
  "instead of",
  "along with",
  "together with",
  "across from",
  "ahead of",
  "inside of",
  "outside of",
  "off of",
  "on to",
  "in to",
  "due to",
  "in between",
  "front of",
  "left of",
  "right of",
  "on top of",
  "in front of",
  "up against",
  "opposite to",
  "such as",
  "on board",
  "far away from",
  "apart from",
  "beside of",
  "atop of",
  "prior to",
  "according to",
  "parallel to",
  "perpendicular to",
  "down from",
  "up from",
  "out from",
  "from under",
  "from behind",
  "full of",
  "made of",
  "made from",
  "made out of",
  "side of",
  "in back of",
  "over to",
  "back to",
  "down to",
  "off to",
]);

export const colours = words(
  `red orange yellow green blue purple violet pink brown black white grey gray silver gold golden tan beige teal turquoise maroon navy cream ivory
   crimson magenta cyan olive lavender khaki aqua bronze copper scarlet burgundy peach blond blonde brunette multicolored multicoloured colorful colourful`,
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
   many-colored multi-colored overcast bald blank bushy chubby fat skinny slim thin thick narrow wide broad steep shallow deep high low heavy calm rough smooth soft hard sharp rusty rustic tropical lush barren distant nearby
   personal overhead opposite vertical horizontal diagonal giant miniature mini medium medium-sized average typical assorted various mixed unknown visible transparent translucent opaque framed lone sole entire whole half extra
   crouched seated bearded haired coloured colored shaped sized faced eyed legged sleeved legged tailed necked handled breasted footed toned rimmed wheeled winged storied paved shaded lighted forked barbed gloved hooded tiled carpeted cobbled plated`,
);
export const clothes = words(
  `shirt t-shirt tshirt jacket coat dress skirt suit uniform hat cap helmet jean jeans pant pants shorts shoe boot sweater sweatshirt hoodie vest outfit wetsuit swimsuit bikini trunks robe gown tie glasses sunglasses
   sock sandal glove scarf apron blouse costume clothes clothing attire gear jersey top tuxedo swimwear overalls sneaker heels goggles kimono blazer sleeve`,
);
/** Things that people have along or in their hands. */
export const carriedThings = words(
  "umbrella towel surfboard snowboard skateboard bag backpack purse luggage suitcase phone cellphone camera racket racquet bat frisbee leash stick ski hand glove spoon fork knife rope hose",
);
/** Verbs for what somebody does somewhere: the place is theirs, and not that of the object. */
export const activities = words(
  "play ride fly do eat drink use perform feed kiss chop cut brush prepare surf enjoy read pitch cook practice",
);
/** Things that hold what follows "of". */
export const containers = words(
  "plate bowl glass cup mug bottle vase basket box bag tray can jar pot pan bucket dish container case crate",
);
/** Participles that relate the noun before them to the noun after: snow covers the mountain. */
export const coveringVerbs: Readonly<Record<string, string>> = {
  covered: "cover",
  filled: "fill",
  lined: "line",
  topped: "top",
  surrounded: "surround",
  coated: "coat",
};
/** Words that end in "-ing" and are nouns in a caption. */
export const ingNouns = words(
  `building buildings ceiling ceilings railing railings sibling siblings morning evening wing wings ring rings king kings string strings thing things clothing awning awnings wiring lightning icing stuffing
   topping toppings dressing frosting siding lettering bedding seating landing crossing writing drawing drawings carving carvings painting paintings wedding spring earring earrings
   flooring paneling molding moulding filling fencing lighting housing duckling duckling gosling dumpling dumplings pudding herring sling wingding opening openings markings marking gathering
   meeting setting outing covering coverings coating trimming swing swings sing bling being beings stocking stockings greeting tubing piping scaffolding shelving intersection offspring paving nothing something anything everything`,
);
/** Adjective and noun that together name another thing than the noun does. */
export const fixedCompounds: ReadonlySet<string> = new Set([
  "bald eagle",
  "fast food",
  "french fry",
  "grand piano",
  "grizzly bear",
  "hard hat",
  "high chair",
  "high school",
  "hot dog",
  "hot tub",
  "ice cream",
  "wet suit",
  "polar bear",
  "remote control",
  "soft drink",
  "sweet potato",
  "teddy bear",
]);
/** Gerunds that, before a noun, say what the noun is for and so belong to its name: "parking lot", "cutting board". */
export const purposeGerunds = words(
  `parking cutting dining living swimming baking washing sewing shopping racing fishing sailing cooking chopping skating frying mixing serving boxing waiting changing vending sleeping drinking dressing
   rolling sitting reading rocking wedding training playing landing running diving riding hiking skiing bathing boarding loading meeting operating packing filing bowling carving ironing steering wrapping
   writing drawing mowing recycling sealing measuring warning landing surfing wrestling`,
);
/** Past participles that do not end in "-ed" and differ from the base form. */
export const irregularParticiples = words(
  `worn torn sworn born drawn thrown blown flown grown known shown mown sewn sown woven broken frozen chosen spoken stolen woken written ridden driven hidden bitten eaten
   beaten taken shaken given forgiven fallen forgotten gotten laid paid said made sold told held hung built bent lent sent spent lit bought brought caught taught fought thought found wound bound
   stuck struck strung swung spun dug slid fed led bred kept slept swept left lost shot sat stood understood seen done gone won begun sunk shrunk drunk`,
);
/** Words whose noun use is rare after a noun: verbs of what is seen in pictures. Base forms. */
export const actionVerbs = words(
  `sit stand hold ride walk look wear eat lie lay run jump play fly drive carry throw catch hit swing pull push lean hang smile read drink cook prepare sleep rest graze wade swim surf ski skate skateboard snowboard
   kick chase follow watch touch reach climb cross pose talk speak say cut slice feed pet hug kiss brush wash clean use grab grip swing perform attempt try go come get take make give bring show have contain cover fill surround
   sits stands grow face lead travel move turn wait work point stare gaze sniff lick bite chew fetch leap race gallop trot pass approach enter leave board unload load paddle row sail float perch roam wander stroll
   hike crouch squat kneel bend stretch stoop laugh cry sing dance bat serve bowl pitch toss fling flip spin slide glide roll fall drop lift raise pick place put set tie attach mount park drag tow haul push
   bathe shower dress decorate display feature sell buy shop offer receive adorn support overlook extend stick protrude emerge appear adjust fix build paint draw write type text call photograph film record
   gather line share enjoy celebrate cuddle snuggle nap yawn blow pour mix stir bake fry grill chop peel squeeze serve see hear listen keep let begin start stop finish open close shine reflect hover soar dive
   crash splash spray drip burn glow light graze nibble drink skip shave comb groom walk depict include hide peek poke shake rub scratch lounge sunbathe relax`,
);
/** Things that act; a participle after "X prep Y" goes with X when X acts and Y does not. */
export const animates = words(
  `man woman boy girl child kid baby person people guy lady gentleman male female player skier surfer skateboarder snowboarder rider cyclist biker driver worker chef cook officer policeman cop soldier fireman farmer
   batter catcher pitcher umpire athlete student teacher doctor nurse waiter waitress vendor pedestrian passenger tourist spectator crowd group family couple team toddler infant adult teen teenager youth bride groom
   dog cat horse cow bull sheep lamb goat pig elephant giraffe zebra bear bird duck goose swan seagull pigeon parrot owl eagle monkey lion tiger deer fox wolf rabbit mouse rat squirrel puppy kitten calf pony donkey camel
   animal fish shark dolphin whale turtle frog snake butterfly bee fan friend brother sister mother father mom dad son daughter someone somebody everyone everybody skater swimmer runner jockey cowboy king queen clown dancer singer musician pilot captain sailor
   ape gorilla ox kangaroo panda penguin chicken rooster hen peacock crow hawk flamingo ostrich pelican human partner audience herd flock businessman businesswoman guitarist bicyclist motorcyclist goalie golfer`,
);
/** Several who may act as one: "the couple sit". */
export const collectives = words("couple group family team crowd herd flock pair band class audience");
export const masculineNouns = words(
  "man boy guy gentleman male dad father brother son king groom husband businessman policeman fireman cowboy waiter actor cop bull rooster",
);
export const feminineNouns = words(
  "woman girl lady female mom mother sister daughter queen bride wife businesswoman policewoman waitress actress cow hen",
);
export const pictureNouns = words(
  "photo photograph picture image shot view close-up closeup painting drawing portrait scene snapshot photography",
);
/** Nouns without a singular; they are kept as they are. */
export const pluralOnly = words(
  "pants jeans shorts scissors glasses sunglasses goggles trousers tongs pliers binoculars clothes tights leggings pajamas overalls headphones stairs people species series tennis bus bass grass dress glass gas lens canvas address class kiss mess boss loss pass moss brass chess princess mattress actress waitress hostess fitness business wilderness cross compass harness cactus octopus hippopotamus walrus campus bonus virus status circus lotus citrus asparagus hummus iris tennis trellis basis atlas pancreas plus gps always chaos ibis clematis swiss tous les christmas bias debris chassis corps",
);
