/**
 * What nouns say about each other in ordinary captions: names of one thing, kinds, roles, parts. Small tables of general English after WordNet 3.1's
 * synonyms, hypernyms and meronyms; a word that they lack is taken as different from all others.
 */

const words = (text: string): readonly string[] => text.trim().split(/\s*,\s*/);
const wordSet = (text: string): ReadonlySet<string> => new Set(words(text));

export const sameThings: readonly (readonly string[])[] = [
  "bike, bicycle, cycle",
  "motorcycle, motorbike, motor bike, motor cycle, moped",
  "airplane, plane, aeroplane, jet, aircraft, jetliner, airliner, jet plane",
  "tv, television, television set, tv set, telly",
  "couch, sofa",
  "phone, cellphone, cell phone, mobile phone, telephone, smartphone, smart phone, cell, mobile",
  "photo, picture, photograph, image",
  "street, road, roadway, artery, thoroughfare",
  "kid, child",
  "guy, man, gentleman, fellow, dude",
  "lady, woman, gal",
  "fridge, refrigerator",
  "stove, oven, stovetop",
  "donut, doughnut",
  "ship, boat, vessel",
  "rock, stone, boulder",
  "bag, handbag, purse",
  "ocean, sea",
  "counter, countertop, counter top",
  "lawn, grass",
  "auto, car, automobile",
  "house, home",
  "tap, faucet",
  "racket, racquet, tennis racket, tennis racquet",
  "bathroom, restroom, washroom",
  "glasses, eyeglasses, spectacles",
  "rug, carpet",
  "subway, metro",
  "tub, bathtub",
  "fog, mist",
  "bush, shrub",
  "sidewalk, pavement, footpath",
  "railway, railroad, train track, railroad track",
  "baby, infant, toddler",
].map(words);

/** Names that captions use for one another, though they do not mean the same: neither replaces the other, and neither follows from it. */
export const similarThings: readonly (readonly string[])[] = [
  "ocean, sea, water, wave, river, lake, bay, surf, pond, stream, pool, harbor, waterway",
  "grass, field, lawn, pasture, meadow, grassland, plain, hillside, yard, park, savannah, prairie, garden",
  "mountain, hill, ridge, peak, slope, snow, ski slope, cliff, hillside",
  "sidewalk, pavement, walkway, path, street, road, curb, trail, lane, driveway, impasse, cul de sac",
  "sea, beach, shore, coast, sand, seashore, shoreline",
  "suitcase, luggage, baggage, bag, trunk",
  "sneaker, shoe, boot, sandal",
  "umbrella, parasol, sunshade, canopy, awning",
  "stadium, arena, edifice, building, structure, construction",
  "bus, coach, local, transit, express",
  "sink, basin, washbasin, washbowl",
  "cake, torte, bar, loaf",
  "container, box, case, carton, crate, basket, tray",
  "laptop, computer, notebook, monitor, screen, desktop, tv, macbook, display",
  "sign, signpost, billboard, banner, poster",
  "cup, mug, glass, coffee, tea, drink, beverage",
  "plate, dish, bowl, tray, platter, pan, pot",
  "hat, cap, helmet, beanie",
  "pants, trousers, jeans, shorts",
  "coat, jacket, suit, sweater, sweatshirt, hoodie, blazer, vest",
  "shirt, top, jersey, t-shirt, dress, blouse",
  "desk, table, counter, bar, countertop, stand",
  "forest, wood, woods, tree, jungle, bush, brush",
  "lamp, light, candle",
  "traffic light, light, signal, traffic signal, stop light, stoplight",
  "wii, nintendo wii, video game, game, controller, wii remote, remote, wiimote, game controller",
  "motorcycle, scooter, moped, bike, dirt bike",
  "couch, loveseat, chair, armchair, bench, seat, recliner, futon, bed",
  "rug, mat, carpet, floor, blanket, towel",
  "bin, trash can, garbage can, can, basket",
  "oven, microwave, stove",
  "truck, van, bus, vehicle, trailer",
  "knife, fork, spoon, utensil, silverware",
  "cake, pie, pastry, dessert, cupcake, donut, bread, cookie",
  "sandwich, burger, hot dog, sub, bun, bread, toast",
  "soup, stew, sauce, chili, curry",
  "pasta, noodle, spaghetti, macaroni",
  "fry, chip, potato",
  "train, subway, tram, trolley, train car, streetcar",
  "track, railroad, rail, train track, railroad track, railway",
  "river, stream, creek, canal, brook, waterway",
  "board, surfboard, skateboard, snowboard, paddle board, wakeboard",
  "vase, jar, pot, bottle, pitcher, jug",
  "fence, gate, wall, railing, rail, barrier, cage",
  "cabinet, cupboard, drawer, shelf, bookshelf, bookcase, dresser",
  "pole, post, lamp post, street lamp, street light",
  "kite, parasail, parachute, balloon",
  "game, match, tournament, competition, contest, race",
  "boy, man, guy, kid, child, teenager, youth",
  "girl, woman, lady, kid, child, teenager",
  "baby, toddler, infant, child, boy, girl, kid",
  "cow, bull, cattle, ox, steer, calf",
  "horse, donkey, mule, pony",
  "bird, seagull, pigeon, duck, goose",
  "photo, painting, drawing, poster, picture, picture frame, frame",
  "steps, stair, staircase, stairs, stairway, step, ledge",
  "bridge, overpass, walkway, pier, dock, deck, ramp",
  "house, building, cabin, apartment, home, barn",
  "city, town, street, downtown, building",
  "station, platform, depot, train station, terminal",
  "shop, store, market, bakery, supermarket, deli",
  "restaurant, cafe, diner, bar, pub, dining room",
  "room, living room, bedroom, office, den, hotel room",
  "curtain, drape, blind, shade",
  "towel, cloth, napkin, paper towel, rag",
  "blanket, quilt, comforter, sheet, bedspread, cover",
  "phone, camera, device, ipod, gadget",
  "book, magazine, newspaper, paper, notebook",
  "racket, tennis, tennis ball, ball",
  "bat, baseball, ball, base, home plate, plate",
  "umbrella, parasol, canopy, tent, awning",
  "toilet, restroom, bathroom, urinal, stall",
  "wine, beer, alcohol, drink, champagne, juice",
].map(words);

export const kinds: Readonly<Record<string, readonly string[]>> = {
  person: words(
    "man, woman, boy, girl, child, baby, toddler, teenager, teen, adult, player, rider, skier, surfer, skateboarder, snowboarder, batter, pitcher, catcher, umpire, chef, cook, officer, policeman, soldier, worker, farmer, student, teacher, doctor, nurse, waiter, driver, cyclist, biker, pedestrian, tourist, passenger, spectator, skater, swimmer, runner, bride, groom, couple, people, friend, mother, father, mom, dad, son, daughter, brother, sister, parent, someone, somebody, everyone, everybody, crowd, family, team, group, he, she, they, human, figure, individual, performer, musician, singer, dancer, athlete, cowboy, king, queen, businessman, vendor, hiker, climber, fisherman, golfer, goalie, jockey, clown, sailor, pilot, captain, artist, photographer, customer, guest, visitor, partner, shopper, commuter",
  ),
  man: words("he, groom, father, dad, son, brother, king, businessman, policeman, cowboy, fisherman, husband, waiter"),
  woman: words("she, bride, mother, mom, daughter, sister, queen, businesswoman, wife, waitress"),
  boy: words("he, son, brother"),
  girl: words("she, daughter, sister"),
  child: words("boy, girl, toddler, baby, son, daughter, teen, teenager, young"),
  people: words(
    "man, woman, boy, girl, child, person, crowd, couple, family, group, team, friend, player, skier, surfer, spectator, passenger, tourist, everyone, everybody, they, worker, adult, pedestrian, student, soldier, officer",
  ),
  group: words("crowd, team, family, couple, people, herd, flock"),
  animal: words(
    "dog, cat, horse, cow, bull, sheep, lamb, goat, pig, elephant, zebra, giraffe, bear, bird, rabbit, lion, tiger, deer, puppy, kitten, monkey, fish, calf, pony, donkey, camel, duck, goose, wolf, fox, squirrel, mouse, rat, turtle, frog, snake, panda, ox, cattle, herd, foal, cub",
  ),
  dog: words("puppy, pup, hound, retriever, poodle, terrier, bulldog, dachshund, pug, labrador, shepherd, husky"),
  cat: words("kitten, kitty, feline, tabby"),
  cow: words("calf, cattle, bull, ox, steer, heifer"),
  cattle: words("cow, bull, calf, ox"),
  sheep: words("lamb, ram, ewe"),
  horse: words("pony, foal, stallion, mare, colt, mustang"),
  bear: words("teddy bear, polar bear, cub, panda"),
  vehicle: words(
    "car, bus, truck, van, train, motorcycle, taxi, tractor, bike, jeep, suv, ambulance, trailer, wagon, cart, carriage, scooter, airplane, boat, limousine, minivan, pickup, cab, trolley, tram",
  ),
  car: words("taxi, cab, van, jeep, suv, sedan, convertible, limousine, minivan, sports car"),
  truck: words("pickup, pickup truck, lorry, van, trailer, fire truck, firetruck, dump truck, tow truck"),
  bus: words("double decker, school bus, coach, trolley, minibus"),
  train: words("locomotive, engine, subway, tram, trolley, train car, railcar"),
  boat: words("canoe, kayak, sailboat, yacht, ferry, raft, rowboat, motorboat, gondola, barge"),
  bird: words(
    "duck, goose, seagull, gull, parrot, pigeon, owl, chicken, swan, eagle, hawk, penguin, crow, sparrow, robin, flamingo, ostrich, peacock, pelican, heron, hen, rooster, dove, turkey, hummingbird, finch",
  ),
  food: words(
    "pizza, sandwich, cake, donut, hot dog, meal, salad, fruit, vegetable, apple, banana, orange, broccoli, carrot, meat, rice, soup, bread, pasta, cheese, egg, fry, french fry, burger, hamburger, dessert, pastry, cookie, breakfast, lunch, dinner, potato, chicken, steak, fish, bean, noodle, sauce, snack, pie, toast, sushi, taco, burrito, bagel, muffin, pancake, tomato, lettuce, onion, ham, bacon, sausage, dish, entree, pickle, chip",
  ),
  meat: words("chicken, steak, beef, pork, ham, bacon, sausage, turkey, lamb"),
  drink: words("water, coffee, tea, beer, wine, juice, soda, milk, beverage, cocktail"),
  beverage: words("water, coffee, tea, beer, wine, juice, soda, milk, drink"),
  fruit: words(
    "apple, banana, orange, pear, lemon, lime, grape, strawberry, berry, pineapple, melon, watermelon, peach, mango, kiwi, cherry, tomato",
  ),
  vegetable: words(
    "broccoli, carrot, tomato, lettuce, onion, pepper, cucumber, cabbage, celery, corn, pea, bean, potato, cauliflower, spinach, mushroom, squash, green, asparagus",
  ),
  dessert: words("cake, pie, donut, cookie, ice cream, pastry, brownie, pudding, cupcake"),
  pastry: words("donut, cake, croissant, muffin, pie"),
  sandwich: words("burger, hamburger, hot dog, sub, panini, wrap"),
  building: words(
    "house, church, tower, barn, skyscraper, hotel, store, shop, castle, temple, school, garage, station, cathedral, restaurant, apartment, clock tower, mansion, cabin, hut, shed, warehouse, structure, home, mosque, palace, museum, office building",
  ),
  structure: words("building, house, tower, bridge, barn, church, shed, hut"),
  shelter: words("building, house, tent, hut, shed, barn, canopy"),
  room: words("kitchen, bathroom, bedroom, living room, dining room, office, classroom, hotel room, lobby, den"),
  flower: words("rose, tulip, daisy, sunflower, lily, orchid, blossom, carnation"),
  plant: words("tree, flower, bush, shrub, cactus, fern, vine, grass, palm, palm tree, ivy"),
  tree: words("palm, palm tree, pine, pine tree, oak, christmas tree, evergreen, maple"),
  furniture: words(
    "chair, table, couch, bed, desk, dresser, bookshelf, cabinet, bench, stool, shelf, nightstand, armchair, ottoman",
  ),
  chair: words("armchair, recliner, stool, seat, rocking chair, lawn chair, wheelchair, high chair"),
  seat: words("chair, bench, couch, stool, armchair, toilet"),
  table: words("desk, coffee table, dining table, picnic table, nightstand, end table"),
  clothes: words(
    "shirt, pants, jacket, coat, dress, skirt, suit, sweater, shorts, uniform, outfit, jeans, blouse, vest, hoodie, robe",
  ),
  clothing: words(
    "shirt, pants, jacket, coat, dress, skirt, suit, sweater, shorts, uniform, outfit, jeans, blouse, vest, hoodie, robe",
  ),
  outfit: words("suit, dress, uniform, costume, clothes"),
  suit: words("tuxedo, wetsuit, uniform"),
  shirt: words("t-shirt, tshirt, tee shirt, blouse, polo, jersey, top, sweater"),
  hat: words("cap, helmet, beanie, cowboy hat, sombrero, bonnet"),
  shoe: words("sneaker, boot, sandal, heel, slipper, flip flop, cleat"),
  bag: words("backpack, purse, suitcase, luggage, sack, pouch, tote"),
  container: words(
    "box, bowl, jar, bottle, can, cup, basket, bucket, pot, vase, crate, case, glass, mug, bag, tray, dish, bin, cabinet, cupboard, drawer",
  ),
  dish: words("plate, bowl, cup, saucer, platter, tray, pan"),
  utensil: words("fork, knife, spoon, spatula, chopstick, ladle, whisk"),
  silverware: words("fork, knife, spoon"),
  toy: words("doll, teddy bear, stuffed animal, ball, frisbee, lego, kite, toy car"),
  ball: words("baseball, basketball, football, soccer ball, tennis ball, volleyball, softball, golf ball, beach ball"),
  device: words("phone, laptop, computer, camera, tablet, remote, keyboard, tv, ipad, ipod, controller"),
  electronics: words("phone, laptop, computer, camera, tablet, tv, monitor, printer"),
  computer: words("laptop, desktop, tablet, macbook, pc, monitor"),
  appliance: words(
    "refrigerator, oven, microwave, dishwasher, toaster, blender, washer, dryer, stove, freezer, coffee maker",
  ),
  equipment: words("bat, racket, glove, helmet, ski, snowboard, camera, surfboard"),
  instrument: words("guitar, piano, drum, violin, trumpet, flute, saxophone, banjo"),
  tool: words("knife, hammer, scissors, wrench, saw, shovel, screwdriver, drill"),
  sign: words("stop sign, street sign, road sign, billboard, banner, traffic sign, yield sign, neon sign"),
  light: words("traffic light, street light, lamp, candle, headlight, chandelier, lantern, streetlight, street lamp"),
  water: words("river, lake, pond, pool, stream, puddle, bay, harbor, creek, waterfall"),
  land: words("field, ground, hill, beach, island, desert, grass"),
  ground: words("grass, dirt, snow, sand, floor, pavement, street, field, sidewalk, concrete, asphalt"),
  field: words("baseball field, soccer field, football field, court, ballpark"),
  street: words("highway, avenue, alley, intersection, crosswalk, lane, freeway"),
  hill: words("slope, mountain, hillside, mountainside"),
  area: words("field, room, yard, park, lot, parking lot, kitchen, plaza, court, lawn, zone, space"),
  book: words("magazine, notebook, textbook, novel"),
  paper: words("newspaper, letter, note, document, envelope, poster, magazine, napkin, card"),
  cloth: words("towel, blanket, sheet, napkin, tablecloth, curtain, scarf, rag, fabric"),
  fabric: words("cloth, towel, blanket, curtain"),
  machine: words("computer, washer, printer, motorcycle, tractor, atm"),
  board: words("surfboard, skateboard, snowboard, cutting board, whiteboard, chalkboard"),
  bat: words("baseball bat"),
  window: words("windshield, windowsill, pane, stained glass"),
  floor: words("carpet, tile, rug, hardwood"),
  cup: words("mug, glass, teacup, goblet, coffee cup"),
  glass: words("wine glass, cup, goblet"),
  bed: words("bunk bed, crib, mattress, cot, bunk"),
  fence: words("railing, gate, barrier"),
};

/** Roles and other names for people: a man may be a skier, a player a batter. */
export const roles = wordSet(
  "player, rider, skier, surfer, skateboarder, snowboarder, batter, pitcher, catcher, umpire, chef, cook, officer, policeman, soldier, worker, farmer, student, teacher, doctor, nurse, waiter, waitress, driver, cyclist, biker, pedestrian, tourist, passenger, spectator, skater, swimmer, runner, bride, groom, friend, mother, father, mom, dad, son, daughter, brother, sister, parent, human, figure, individual, performer, musician, singer, dancer, athlete, cowboy, king, queen, businessman, businesswoman, vendor, hiker, climber, fisherman, golfer, goalie, jockey, clown, sailor, pilot, captain, artist, photographer, customer, guest, visitor, partner, shopper, commuter, adult, teenager, teen, youth, person, people, couple, family, group, crowd, team, audience, someone, somebody, everyone, everybody, firefighter, fireman, guard, conductor, guitarist, motorcyclist, bicyclist, speaker, leader, owner, member, caddy, wife, husband, trainer, handler, coach, referee, opponent, teammate, snowboarders, kid, child",
);

export const peopleNouns = wordSet(
  "man, woman, boy, girl, child, kid, baby, toddler, guy, lady, gentleman, male, female, infant, person, people, adult, gal, fellow, dude",
);

/** The whole of a kind, by a word that `isKindOf` knows, and what its picture shows anyway. */
export const parts: readonly { readonly whole: string; readonly parts: ReadonlySet<string> }[] = [
  {
    whole: "person",
    parts: wordSet(
      "hand, head, hair, face, arm, leg, foot, finger, eye, mouth, ear, nose, neck, shoulder, knee, back, body, beard, mustache, moustache, tooth, lip, thumb, chest, lap, skin, elbow, wrist, toe, smile, shirt, pants, shoe, clothes, clothing, outfit, jacket, short, shorts, jean, jeans, hat, cap, dress, top, sleeve, collar, pocket, belt, sock, coat, uniform, glove, glasses, suit, tie, sweater, skirt, gear, watch, shadow, bracelet, necklace, ring, t-shirt, sneaker, boot, vest, sunglasses, bag, backpack, purse, helmet",
    ),
  },
  {
    whole: "animal",
    parts: wordSet(
      "head, ear, eye, tail, leg, paw, nose, mouth, face, neck, back, body, fur, hair, foot, hoof, mane, wing, beak, feather, horn, tusk, trunk, spot, stripe, collar, tooth, tongue, shadow, claw, whisker, wool, leash",
    ),
  },
  {
    whole: "vehicle",
    parts: wordSet(
      "wheel, tire, window, door, light, headlight, mirror, windshield, seat, license plate, bumper, hood, engine, roof, wing, tail, handle, handlebar, pedal, trunk, shadow, number, letter, logo, driver, passenger, cockpit, propeller, sail, mast",
    ),
  },
  {
    whole: "building",
    parts: wordSet(
      "window, door, roof, wall, brick, chimney, balcony, column, clock, step, stair, sign, entrance, awning, light, flag, tower, pillar, arch, steeple, sky",
    ),
  },
  {
    whole: "room",
    parts: wordSet(
      "wall, floor, ceiling, door, window, light, light fixture, curtain, furniture, carpet, rug, tile, cabinet, counter, sink, mirror, shelf, outlet, lamp, table, chair, picture, towel, bed, toilet, tub",
    ),
  },
  {
    whole: "street",
    parts: wordSet(
      "line, sidewalk, curb, light, sign, car, building, lane, pole, person, people, traffic, vehicle, street light, tree, crosswalk",
    ),
  },
  { whole: "plant", parts: wordSet("leaf, branch, trunk, stem, flower, petal, root, bark, limb, pot") },
  {
    whole: "furniture",
    parts: wordSet(
      "leg, arm, back, drawer, cushion, handle, seat, pillow, top, blanket, sheet, mattress, frame, headboard",
    ),
  },
  {
    whole: "food",
    parts: wordSet(
      "plate, crust, slice, sauce, topping, cheese, bread, bun, table, frosting, icing, piece, fork, knife, seed, stem, peel, meat, vegetable, pepperoni, bowl, napkin",
    ),
  },
  { whole: "computer", parts: wordSet("screen, keyboard, mouse, key, monitor, desk, cord, button, display, keypad") },
  { whole: "phone", parts: wordSet("screen, button, key, display, camera, keypad") },
  { whole: "clock", parts: wordSet("hand, face, number, numeral, time") },
  { whole: "train", parts: wordSet("track, car, engine, platform, station, rail, smoke") },
  {
    whole: "plane",
    parts: wordSet("wing, tail, engine, nose, wheel, runway, propeller, sky, airport, landing gear, cloud"),
  },
  { whole: "sign", parts: wordSet("pole, letter, word, arrow, post, writing, name, text, number") },
  { whole: "shirt", parts: wordSet("sleeve, collar, pocket, button, logo, stripe, number") },
  { whole: "field", parts: wordSet("grass, dirt, fence, line, tree, player, ground") },
  { whole: "beach", parts: wordSet("sand, water, wave, ocean, sky, shore, rock, people, person") },
  { whole: "water", parts: wordSet("wave, reflection, ripple, boat, foam, splash") },
  { whole: "bathroom", parts: wordSet("toilet, sink, mirror, tub, shower, towel, toilet paper, tile, faucet") },
  {
    whole: "kitchen",
    parts: wordSet("stove, refrigerator, sink, cabinet, counter, oven, microwave, appliance, dish, cupboard, drawer"),
  },
  { whole: "pizza", parts: wordSet("cheese, crust, topping, slice, tomato, sauce, pepperoni, plate, pan") },
];

/** Nouns that most pictures show, or that say so little that they are true of most. */
export const ubiquitousNouns = wordSet(
  "open, someone, somebody, anyone, everyone, everybody, universe, facility, commodity, access, slab, thing, object, system, device, structure, unit, equipment, livestock, item, stuff, something, anything, everything, nothing, part, piece, bit, way, kind, type, sort, style, shape, color, colour, pattern, design, print, detail, surface, line, spot, mark, point, area, place, space, spot, scene, view, shot, photo, picture, photograph, image, background, foreground, distance, sky, cloud, air, ground, floor, wall, ceiling, land, light, sunlight, shade, shadow, reflection, day, night, time, daytime, sun, weather, side, top, bottom, front, back, end, edge, corner, middle, center, centre, left, right, inside, outside, rest, row, line, group, bunch, pair, couple, lot, number, set, variety, array, series, collection, stack, pile, half, dozen, hundred, other, one, another, each other, word, letter, text, name, logo, motion, action, pose, position, direction, front view, close up, closeup, camera, surrounding, surroundings, environment, setting, world, life, use, work, fun, activity, event, step, tree, grass, person, people, man, building, material, decoration, water, leaf, display, video, game, smile, look, turn, ride, trick, move, jump, swing, hit, walk, run, flight, air, purpose, reason, hair, face, hand, head, eye, body, leg, arm, foot",
);

/** Nouns that place or count or name the picture: "the middle of the street", "a row of cars", "a photo of a dog". No end of a swap, nothing to replace. */
export const placeNouns = wordSet(
  "content, throw, open, close, middle, top, bottom, side, front, back, background, foreground, distance, end, edge, corner, center, centre, left, right, inside, outside, rest, part, piece, slice, bit, way, kind, type, sort, row, line, group, bunch, pair, couple, lot, number, set, variety, array, series, collection, stack, pile, half, dozen, hundred, photo, picture, photograph, image, shot, view, scene, close up, closeup, close-up, other, one, another, each other, air, motion, action, midair, mid air, day, night, time, daytime, assortment, selection, bouquet, herd, flock, crowd, team, body, surface, tip, rear, base, upside, weather, surrounding, surroundings, area, place, spot, thing, something, anything, everything, nothing, someone, somebody, everyone, everybody, anyone, nobody, front view, direction, case, order, use, sale, display, work, fun, love, lots, course, preparation, progress, use, attempt, act, process, variety, plenty, number, amount, bit, all, both, each, none, several, many, few, some, most, much, multiple, inch, foot, mile, meter, hour, minute, second, year, old, today, tomorrow, yesterday, world, stretch, expanse, length, height, width, ashore, aboard, abroad, indoors, outdoors, upside, downhill, uphill, ahead, backwards, forward, overhead, sideways, nowhere, somewhere, anywhere, everywhere, here, there, style, fashion, manner, sense, size, shape, color, colour, pattern, design, kinds, front, movement, speed, level, point, moment, moments, occasion, chance, purpose, reason, favor, need, help, care, control, form, type",
);

/** Living beings, foods and vehicles by a word that names many of them. */
export const oneKinds: readonly (readonly string[])[] = [
  words("person, people, animal, bird, group"),
  words("food, drink"),
  words("vehicle"),
];
