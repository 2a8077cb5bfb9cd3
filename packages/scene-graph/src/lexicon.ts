export { adverbs, colourShades, degreeWords } from "./lexicon/adverbs.js";
export { attributiveNouns, colours, materials } from "./lexicon/attributes.js";
export {
  determiners,
  negations,
  numbers,
  possessivePronouns,
  pronouns,
  quantifiers,
} from "./lexicon/function-words.js";
export { headLemma, nounPlural } from "./lexicon/noun-forms.js";
export {
  animateNouns,
  bodyParts,
  clothes,
  collectives,
  containers,
  countingNouns,
  feminineNouns,
  food,
  masculineNouns,
  people,
  pictureNouns,
  portableObjects,
  vehicles,
} from "./lexicon/nouns.js";
export { numberOf } from "./lexicon/number-words.js";
export { compoundPrepositions, particles, placeNouns, prepositions, sideNouns } from "./lexicon/prepositions.js";
export { actionVerbs, coveringVerbs, irregularParticiples } from "./lexicon/verbs.js";
