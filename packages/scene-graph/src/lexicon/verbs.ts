import { words } from "./words.js";

// Verbs of what is seen in pictures. General English only: no list is taken from a data set.

/** Verbs that are nouns as well, which general lexicons often list as nouns alone. Base forms. */
export const furtherVerbs = words(
  `tower blanket water bloom flank frame braid trudge parade moor weld saw scrub rinse unpack dust vacuum meow wink tickle scold hammer knit whistle
   rise flow wind set fish drift melt leak creep shelter block anchor dock circle patrol rake mop polish stream drain loop arch blossom sprout cascade`,
);

/** Words whose noun use is rare after a noun: verbs of what is seen in pictures. Base forms. */
export const actionVerbs = words(
  `sit stand hold ride walk look wear eat lie lay run jump play fly drive carry throw catch hit swing pull push lean hang smile read drink cook prepare sleep rest graze wade swim surf ski skate skateboard snowboard
   kick chase follow watch touch reach climb cross pose talk speak say cut slice feed pet hug kiss brush wash clean use grab grip swing perform attempt try go come get take make give bring show have contain cover fill surround
   sits stands grow face lead travel move turn wait work point stare gaze sniff lick bite chew fetch leap race gallop trot pass approach enter leave board unload load paddle row sail float perch roam wander stroll
   hike crouch squat kneel bend stretch stoop laugh cry sing dance bat serve bowl pitch toss fling flip spin slide glide roll fall drop lift raise pick place put set tie attach mount park drag tow haul push
   bathe shower dress decorate display feature sell buy shop offer receive adorn support overlook extend stick protrude emerge appear adjust fix build paint draw write type text call photograph film record
   gather line share enjoy celebrate cuddle snuggle nap yawn blow pour mix stir bake fry grill chop peel squeeze serve see hear listen keep let begin start stop finish open close shine reflect hover soar dive
   crash splash spray drip burn glow light graze nibble drink skip shave comb groom walk depict include hide peek poke shake rub scratch lounge sunbathe relax crawl want bark crouch tumble march chat argue shout yell whisper scream cheer clap salute frown kneel loom dangle float sprint limp peer glance gesture carve sculpt juggle balance wave sway flutter swoop hunt dig plow plough steer terminate fling hurl chatter glisten sparkle shimmer ripple trickle gush billow`,
);

/** Verbs for what somebody does somewhere: the place is theirs, and not that of the object. */
export const activities = words(
  "play ride fly do eat drink use perform feed kiss chop cut brush prepare surf enjoy read pitch cook practice",
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

/** Past participles that do not end in "-ed" and differ from the base form. */
export const irregularParticiples = words(
  `worn torn sworn born drawn thrown blown flown grown known shown mown sewn sown woven broken frozen chosen spoken stolen woken written ridden driven hidden bitten eaten
   beaten taken shaken given forgiven fallen forgotten gotten laid paid said made sold told held hung built bent lent sent spent lit bought brought caught taught fought thought found wound bound
   stuck struck strung swung spun dug slid fed led bred kept slept swept left lost shot sat stood understood seen done gone won begun sunk shrunk drunk`,
);

/** What is done to clothes, and not by who is in them. */
export const garmentVerbs = words("make decorate cover print stain trim button tie tuck pattern design hang match");
/** Passives after which "by" is a place: "parked by a building". */
export const positionVerbs = words(
  "park stand sit seat place locate situate position dock leave set moor anchor hang tie lay line",
);
/** What a picture does with what is in it: "an image showing a dog". */
export const depictionVerbs = words("shows showing depicts depicting contains features featuring");

/** What only somebody does: the subject of "a woman with a plate and glasses eating" is the woman. */
export const agentiveGerunds = words(
  "eating drinking wearing holding riding walking looking watching playing talking smiling posing reading cooking preparing swinging throwing catching kicking jumping laughing singing dancing waving carrying driving",
);

/** Past participles that look like the base form. */
export const invariantParticiples = words("set put cut spread read hit shut hurt cast split shed bet upset");
/** Verbs that are as often nouns in a caption: what follows must tell. */
export const nounVerbs = words(
  `light sign board bowl bat brush dress shower watch park shop cross place paint film record type text photograph drink feature show plant plane train play face head hand back line work catch set kiss float slide
   roll drop wash ride swing point lead cook mount surf ski skate bike camp fish group share stop turn start rest stand call boat glass walk run drive fall dive lift mix fry chip top tie leaf`,
);

/** -s forms of verbs that a caption hardly has as the plural of a noun behind another noun: "smoke rises". */
export const rarePlurals = words(
  "rises flows whistles drifts pours leaks creeps winds sets blooms melts blows leads sleeps lives grows burns glows rests roams waits wags howls roars growls purrs meows chirps barks trickles spills",
);

/** Wishes and plans, which "to" follows: what they are about is not so. */
export const wishes = words("hopes plans needs wants wishes");

/** Verbs of getting something somewhere: "ordering food from a restaurant" says where it is ordered. */
export const acquisitionVerbs = words("order buy purchase get take receive borrow steal collect");
