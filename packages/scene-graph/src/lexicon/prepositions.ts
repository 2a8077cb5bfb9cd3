import { words } from "./words.js";

// Prepositions of one and of several words, and the nouns of place that they are made with. General English only: no list is taken from a data set.

export const prepositions = words(
  `in on at of with by from to into onto over under above below behind beside besides between beneath underneath among amongst amid around about across along alongside against
   near toward towards through thru throughout inside outside off up down past for without within upon atop like during beyond via per opposite out after before astride aboard except unlike despite`,
);

/** Those of several words whose noun phrase is not there: "a street devoid of cars". */
const denyingCompounds = [
  "instead of",
  "rather than",
  "devoid of",
  "void of",
  "free of",
  "free from",
  "empty of",
  "clear of",
  "bare of",
  "lack of",
  "absence of",
  "in the absence of",
  "without any",
  "except for",
];

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
  ...denyingCompounds,
]);

/** Nouns that name a place of something and make a preposition with "of": "in front of", "to the left of". */
export const placeNouns = words(
  "front back top side sides left right middle center centre edge edges end bottom corner rear base head foot midst inside outside background foreground underside surface tip",
);

/** Place nouns before which the preposition "to" is dropped from the predicate: "to the left of" is "left of". */
export const sideNouns = words("left right north south east west");

export const particles = words(
  "up down out off away back around along over together forward by through aside apart on in",
);

/** Places of an activity: "playing frisbee in a park". */
export const activityPlaces = words("in on at near over by along down up across through");
/** Places that somebody who sits, stands or walks somewhere is near besides (secondary locatives): "sitting on a bench next to a dog". */
export const secondaryLocatives: ReadonlySet<string> = new Set([
  "next to",
  "near",
  "down",
  "behind",
  "in front of",
  "inside",
  "through",
  "under",
  "beside",
]);
/** Places behind clothes that are their wearer's: "a man in a red shirt on a horse". */
export const wearerPlaces: ReadonlySet<string> = new Set([
  "on",
  "in",
  "at",
  "near",
  "by",
  "next to",
  "behind",
  "in front of",
  "along",
  "across",
  "through",
]);

/** Prepositions whose noun phrase is not there: "a street devoid of cars". */
export const denyingPrepositions: ReadonlySet<string> = new Set(["without", "except", ...denyingCompounds]);
