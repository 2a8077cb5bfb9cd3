/**
 * What predicates say about each other: which hold both ways, which turn one another around, which follow from others, which may hold at
 * once. The one table that swaps, replacements and `isNegative` ask.
 *
 * Sources: the relations that ARO's evaluation drops because a swap of their ends stays true (Yuksekgonul et al., ICLR 2023, the notebook's list of
 * symmetric relations); the groups of synonyms of Visual Genome's predicate aliases (VG150); antonyms and entailments of WordNet 3.1
 * ("above" and "below", "wear" and "have on", "contain" and "in"); reciprocal verbs as in Levin, English Verb Classes and Alternations
 * (1993), sections 36.1-36.3 ("chat", "marry", "fight"). Which groups may hold at once is our own judgement, in favour of "may".
 */
export interface PredicateProperties {
  /** Predicates of one meaning as the graph writes them; each also behind a verb: "sit on" is an "on". */
  readonly phrases: readonly string[];
  /** Holds both ways: always, or between two of one kind ("a man with a woman", not "a man with a hat"). */
  readonly symmetric?: "always" | "of one kind";
  /** The groups that say the same with the ends exchanged. */
  readonly inverse?: readonly PredicateGroup[];
  /** The groups that hold as well wherever this one does. */
  readonly implies?: readonly PredicateGroup[];
  /** Groups that may hold at once, besides those of `implies`; one mention serves both. */
  readonly compatible?: readonly PredicateGroup[];
  /** Says so little that nearly everything may hold at once. */
  readonly isWeak?: true;
}

/** A list of phrases. */
const words = (text: string): readonly string[] => text.split(", ");

const groups = {
  on: {
    phrases: words("on, on top of, upon, atop, onto, on the back of, on back of, on the top of"),
    inverse: ["below", "support"],
    compatible: ["above", "in", "touching", "with", "connected"],
  },
  support: { phrases: words("support, topped with, top with, top by"), isWeak: true, inverse: ["on"] },
  ride: { phrases: words("ride, ride on, mount, drive"), implies: ["on"], compatible: ["hold", "with", "in"] },
  in: {
    phrases: words("in, inside, inside of, within, into, in the middle of, amid, amidst, among, amongst, enclose in"),
    inverse: ["contain", "around"],
    compatible: ["on", "with", "below", "wear"],
  },
  contain: {
    phrases: words("contain, full of, fill with, filled with, be full of, hold in, enclose, include"),
    inverse: ["in"],
    implies: ["with"],
    compatible: ["below", "around"],
  },
  wear: {
    phrases: words("wear, dress in, clad in, have on"),
    inverse: ["on"],
    implies: ["with", "in"],
    compatible: ["hold"],
  },
  near: {
    phrases: words(
      "near, near to, next to, beside, besides, by, close to, alongside, along side, along side of, adjacent to, nearby, side by side with, beside of",
    ),
    symmetric: "always",
    isWeak: true,
  },
  along: {
    phrases: words(
      "at, along, against, on the side of, on side of, at the side of, to the side of, on the edge of, at the edge of, on edge of, lean against, lean on",
    ),
    implies: ["near"],
    isWeak: true,
  },
  around: {
    phrases: words("around, surround, encircle"),
    implies: ["near"],
    inverse: ["surrounded", "in"],
    compatible: ["with", "in", "on"],
  },
  surrounded: {
    phrases: words("surround by, surrounded by, surround with"),
    inverse: ["around"],
    implies: ["near"],
    compatible: ["in", "with"],
  },
  touching: {
    phrases: words("touch, in contact with, be in contact with, touch with"),
    symmetric: "always",
    implies: ["near"],
    isWeak: true,
  },
  connected: {
    phrases: words(
      "attach to, attached to, connect to, connected to, connect with, join to, join with, link to, tie to, stick to, hook to, fix to, fasten to",
    ),
    symmetric: "always",
    implies: ["touching", "near"],
    compatible: ["with", "on", "in", "part"],
  },
  far: {
    phrases: words("far from, away from, far away from, distant from, apart from, a long way from, separate from"),
    symmetric: "always",
    compatible: ["face", "same", "different", "parallel", "left", "right", "above", "below", "behind", "front"],
  },
  opposite: {
    phrases: words(
      "opposite, opposite to, opposite of, opposite from, across from, face to face with, back to back with, on the other side of, on other side of, next door to, nose to nose with, cheek to cheek with, eye to eye with",
    ),
    symmetric: "always",
    compatible: ["front", "near", "far", "face"],
  },
  face: {
    phrases: words("face, look at, watch, stare at, see, look toward, look to, gaze at, view, point at, smile at"),
    isWeak: true,
  },
  parallel: {
    phrases: words(
      "parallel to, parallel with, perpendicular to, perpendicular with, at a right angle to, in line with, level with, even with, align with",
    ),
    symmetric: "always",
    isWeak: true,
  },
  same: {
    phrases: words(
      "identical to, identical with, same as, the same as, similar to, resemble, look like, match, equal to, as tall as, as big as, as large as, as long as, the same size as, the same color as, the same colour as",
    ),
    symmetric: "always",
    isWeak: true,
  },
  different: {
    phrases: words("different from, differ from, different than, unlike, contrast with"),
    symmetric: "always",
    isWeak: true,
  },
  mixed: {
    phrases: words(
      "mix with, mixed with, cross with, side by side with, shoulder to shoulder with, hand in hand with, arm in arm with, blend with, combine with, pair with, alternate with, intersect, intersect with, overlap, overlap with, overlap by, border, border on, adjoin, neighbor, intertwine with, entwine with, tangle with, stack with, collide with, crash with, meet, meet with, merge with, merge into",
    ),
    symmetric: "always",
    isWeak: true,
  },
  social: {
    phrases: words(
      "talk to, talk with, speak to, speak with, chat to, chat with, converse with, discuss with, dance with, marry, marry to, married to, be married to, engage to, date, shake hand with, shake hands with, hold hand with, hold hands with, hug, kiss, embrace, cuddle, cuddle with, snuggle with, nuzzle, nuzzle with, fight, fight with, wrestle, wrestle with, argue with, compete with, compete against, race, race with, race against, play against, spar with, box with, interact with, socialize with, mingle with, greet, friend with, be friend with, friends with, pal with, neighbor of, twin of, waltz with, tango with, shake hands with, relate to, related to",
    ),
    symmetric: "always",
    implies: ["with", "near"],
    isWeak: true,
  },
  and: {
    phrases: words(
      "and, or, along with, together with, as well as, plus, accompany by, accompany, alongside with, in company of",
    ),
    symmetric: "always",
    isWeak: true,
  },
  below: {
    phrases: words(
      "below, under, beneath, underneath, under the, lower than, low than, at the bottom of, at the foot of",
    ),
    inverse: ["above", "on"],
    compatible: ["behind", "front", "left", "right"],
  },
  above: {
    phrases: words("above, over, higher than, high than, on the upper side of, hang over, overhead"),
    inverse: ["below"],
    compatible: ["on", "behind", "front", "left", "right"],
  },
  behind: {
    phrases: words(
      "behind, in back of, in the back of, at the back of, in the rear of, beyond, follow, trail, chase, after",
    ),
    inverse: ["front"],
    compatible: ["left", "right"],
  },
  front: {
    phrases: words("in front of, ahead of, before, in the front of, lead, precede, at the front of"),
    inverse: ["behind"],
    compatible: ["face", "left", "right"],
  },
  left: {
    phrases: words(
      "left of, to the left of, on the left of, to left of, on left of, at the left of, on the left side of, at the left side of, to the left side of",
    ),
    inverse: ["right"],
  },
  right: {
    phrases: words(
      "right of, to the right of, on the right of, to right of, on right of, at the right of, on the right side of, at the right side of, to the right side of",
    ),
    inverse: ["left"],
  },
  with: {
    phrases: words("with, have, 's, own, possess"),
    symmetric: "of one kind",
    inverse: ["part"],
    isWeak: true,
  },
  without: { phrases: words("without, lack") },
  part: { phrases: words("of, belong to, part of, be part of, own by"), inverse: ["with"], isWeak: true },
  hold: {
    phrases: words("hold, carry, grasp, grip, clutch, hold on to, hold onto, hold up, grab, take, use, hold by"),
    implies: ["with"],
    // "a plate holds a cake": the cake is on it
    inverse: ["on", "in"],
    compatible: ["touching", "on", "in", "above", "below", "connected", "contain"],
  },
  cover: { phrases: words("cover, blanket, coat"), inverse: ["covered"], implies: ["on"], compatible: ["above"] },
  covered: {
    phrases: words(
      "cover with, cover in, cover by, covered with, covered in, covered by, coat with, coat in, blanket with, blanket in",
    ),
    inverse: ["cover", "on"],
    compatible: ["below", "with", "in"],
  },
  larger: {
    phrases: words("larger than, bigger than, large than, big than, greater than"),
    inverse: ["smaller"],
    compatible: ["taller", "longer", "wider", "heavier", "older"],
  },
  smaller: {
    phrases: words("smaller than, small than"),
    inverse: ["larger"],
    compatible: ["shorter", "narrower", "lighter", "younger"],
  },
  taller: { phrases: words("taller than, tall than"), inverse: ["shorter"], compatible: ["longer", "older"] },
  shorter: { phrases: words("shorter than, short than"), inverse: ["taller", "longer"] },
  longer: { phrases: words("longer than, long than"), inverse: ["shorter"] },
  wider: { phrases: words("wider than, wide than, thicker than, thick than, broader than"), inverse: ["narrower"] },
  narrower: { phrases: words("narrower than, narrow than, thinner than, thin than"), inverse: ["wider"] },
  older: { phrases: words("older than, old than"), inverse: ["younger"] },
  younger: { phrases: words("younger than, young than, newer than, new than"), inverse: ["older"] },
  heavier: { phrases: words("heavier than, heavy than"), inverse: ["lighter"] },
  lighter: { phrases: words("lighter than, light than, brighter than, bright than"), inverse: ["heavier", "darker"] },
  darker: { phrases: words("darker than, dark than"), inverse: ["lighter"] },
  faster: { phrases: words("faster than, fast than, quicker than"), inverse: ["slower"] },
  slower: { phrases: words("slower than, slow than"), inverse: ["faster"] },
  more: { phrases: words("more than"), inverse: ["less"] },
  less: { phrases: words("less than, fewer than, few than"), inverse: ["more"] },
} as const satisfies Readonly<Record<string, LooseProperties>>;

/** The shape of an entry before the names of all groups are known. */
type LooseProperties = {
  readonly [Key in keyof PredicateProperties]: Key extends "inverse" | "implies" | "compatible"
    ? readonly string[]
    : PredicateProperties[Key];
};

export type PredicateGroup = keyof typeof groups;

export const predicateProperties: Readonly<Record<PredicateGroup, PredicateProperties>> = groups;

/** Verbs of place and posture: "stand next to" is "next to". */
export const postureVerbs: ReadonlySet<string> = new Set(
  "stand sit lie lay rest park walk sleep stay be lean hang place situate locate position set stack pile huddle wait pose gather line perch seat dock moor crouch kneel squat relax lounge mount display arrange live grow".split(
    " ",
  ),
);

/** Verbs that take no object, so that alone they join nothing: a corpus has them where the parser read one amiss. */
export const intransitiveVerbs: ReadonlySet<string> = new Set(
  "walk sit stand sleep lie smile work look arrive wait go come stare talk sail stop rest lean graze fall happen appear live swim dance laugh stay remain shine grow hang travel run fly jump skateboard snowboard seem be get".split(
    " ",
  ),
);

/** Verbs that may be told of one scene at once, beyond the groups: "a man holding a bat" may be swinging it. */
export const compatibleVerbs: readonly ReadonlySet<string>[] = [
  "hold carry use grab take touch lift pick raise bring show display present wear swing throw hit play eat bite drink cut read talk hang wave fly open push pull",
  "eat bite chew enjoy taste drink lick share consume",
  "ride drive mount race steer lead guide pull jump do perform practice",
  "look watch see face stare gaze view examine inspect observe admire point",
  "walk run drive move go travel cross pass head come approach step stroll hike climb jog follow enter leave",
  "sit rest lean wait pose relax lounge perch eat watch read talk",
  "stand rest lean wait pose watch look talk play",
  "lie lay rest sleep relax lounge",
  "cook prepare make bake serve cut slice eat fry grill roast stir",
  "play hit swing catch throw kick chase toss bat serve pitch compete fight",
  "wash clean brush scrub wipe rinse",
  "hang mount attach display place put set lay stick fix",
  "cover fill line decorate surround wrap",
  "wear have show",
  "pet touch stroke feed hug hold lick kiss sniff groom play",
  "fly float soar glide land take jump leap",
  "push pull drag tow move carry roll",
  "talk speak chat call text use",
  "read look write type work use study",
  "surf ride ski snowboard skateboard skate go jump",
].map((verbs) => new Set(verbs.split(" ")));
