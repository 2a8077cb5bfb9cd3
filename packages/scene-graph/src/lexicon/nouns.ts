import { words } from "./words.js";

// Nouns by what they name: living beings, clothes, containers, things along. General English only: no list is taken from a data set.

/** Living beings. A participle behind "X in Y" belongs to X where X is one of them and Y is not: "a man in a shirt riding a bike". */
export const animateNouns = words(
  `man woman boy girl child kid baby person people guy lady gentleman male female player skier surfer skateboarder snowboarder rider cyclist biker driver worker chef cook officer policeman cop soldier fireman farmer
   batter catcher pitcher umpire athlete student teacher doctor nurse waiter waitress vendor pedestrian passenger tourist spectator crowd group family couple team toddler infant adult teen teenager youth bride groom
   dog cat horse cow bull sheep lamb goat pig elephant giraffe zebra bear bird duck goose swan seagull pigeon parrot owl eagle monkey lion tiger deer fox wolf rabbit mouse rat squirrel puppy kitten calf pony donkey camel
   animal fish shark dolphin whale turtle frog snake butterfly bee fan friend brother sister mother father mom dad son daughter someone somebody everyone everybody skater swimmer runner jockey cowboy king queen clown dancer singer musician pilot captain sailor
   ape gorilla ox kangaroo panda penguin chicken rooster hen peacock crow hawk flamingo ostrich pelican human partner audience herd flock businessman businesswoman guitarist bicyclist motorcyclist goalie golfer cattle hiker climber kayaker rower rancher gardener painter fisherman lifeguard bartender cashier`,
);

/** Several who may act as one: "the couple sit". */
export const collectives = words("couple group family team crowd herd flock pair band class audience");

export const masculineNouns = words(
  "man boy guy gentleman male dad father brother son king groom husband businessman policeman fireman cowboy waiter actor cop bull rooster",
);

export const feminineNouns = words(
  "woman girl lady female mom mother sister daughter queen bride wife businesswoman policewoman waitress actress cow hen",
);

export const clothes = words(
  `shirt t-shirt tshirt jacket coat dress skirt suit uniform hat cap helmet jean jeans pant pants shorts shoe boot sweater sweatshirt hoodie vest outfit wetsuit swimsuit bikini trunks robe gown tie glasses sunglasses
   sock sandal glove scarf apron blouse costume clothes clothing attire gear jersey top tuxedo swimwear overalls sneaker heels goggles kimono blazer sleeve bra underwear tank cape mask mitt raincoat stocking legging poncho turtleneck cardigan pajamas`,
);

/** Things that people have along or in their hands. */
export const portableObjects = words(
  "umbrella towel surfboard snowboard skateboard bag backpack purse luggage suitcase phone cellphone camera racket racquet bat frisbee leash stick ski hand glove spoon fork knife rope hose",
);

/** Things that hold what follows "of". */
export const containers = words(
  "plate bowl glass cup mug bottle vase basket box bag tray can jar pot pan bucket dish container case crate skillet wok griddle saucer platter kettle jug pitcher",
);

export const pictureNouns = words(
  "photo photograph picture image shot view close-up closeup painting drawing portrait scene snapshot photography",
);

/** Nouns that count: "a group of people" is people. The others ("a plate of food") are objects themselves. */
export const countingNouns = words(
  `group bunch pair couple duo trio quartet quintet lot number variety row series collection assortment kind type sort plenty array dozen hundred hundreds load herd flock crowd bit set line piece slice block chunk strip loaf part patch pile
   stack portion bouquet body cluster ml liter litre gallon ounce oz pound lb gram g mg kg pint`,
);
/** Those of them whose adjectives say something of what is counted: "a small piece of cake" is small, "a long row of cars" is not long. */
export const pieceNouns = words("piece slice chunk strip patch loaf");

/** Counting nouns of what is not counted: "a pile of luggage rests". */
export const amountNouns: ReadonlySet<string> = new Set([
  ...pieceNouns,
  ...words("pile stack portion body block bit load"),
]);
/** People as a bare relative clause names them: "the couch the man is sitting on". */
export const plainPeople = words(
  "man men woman women boy boys girl girls person people child children kid kids guy guys lady ladies",
);
/** People who are no man, woman or child by name, for "he" and "she" (others are told by their ending: "skier", "artist"). */
export const people = words(
  "man woman boy girl child kid baby person guy lady gentleman male female player chef cook officer athlete student toddler infant adult teen bride groom someone somebody",
);
/** Nouns of distance: what follows "a boat in the distance" is said of the boat. */
export const settingNouns = words("distance background foreground");

/** What is all around: "the sky is a canvas" says what it is like, and names no canvas. */
export const wideNouns = words("sky sea ocean water sunset sunrise horizon moon sun night air light world");

/** What is eaten or drunk. */
export const food = words(
  `food meat chicken beef steak bacon ham sausage fish salmon shrimp egg cheese butter bread toast bun bagel roll croissant sandwich burger hamburger pizza pasta noodle rice soup salad stew sauce gravy ketchup mustard
   dressing vegetable broccoli carrot cauliflower lettuce tomato potato onion pepper mushroom bean pea corn cucumber spinach cabbage celery garlic herb fruit apple banana orange pear lemon lime grape berry strawberry
   blueberry cherry peach pineapple melon watermelon kiwi avocado cake cupcake pie donut doughnut cookie brownie pastry muffin dessert chocolate candy cream fry chip nut water milk juice tea coffee beer wine soda drink`,
);
/** What people travel or carry goods in. */
export const vehicles = words(
  `car truck bus van taxi cab jeep train tram trolley subway motorcycle motorbike scooter moped bicycle bike boat ship ferry canoe kayak yacht sailboat airplane plane aeroplane jet jetliner helicopter tractor wagon cart
   carriage trailer ambulance minivan suv`,
);
/** Parts of bodies. */
export const bodyParts = words(
  "head face hair eye ear nose mouth tongue tooth lip chin cheek neck shoulder arm elbow wrist hand finger thumb chest stomach belly back leg knee foot toe ankle tail paw hoof horn trunk tusk mane wing beak feather fur beard mustache moustache",
);
