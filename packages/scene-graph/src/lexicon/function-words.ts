import { words } from "./words.js";

// Closed classes of English: determiners, pronouns, numbers, conjunctions, auxiliaries, negations. General English only: no list is taken from a data set.

export const determiners = words(
  "a an the this that these those another each every either neither no any some both all its such what",
);

/** Determiners in front of another one: "all the dogs". */
export const predeterminers = words("all both such what half");
export const possessivePronouns = words("his her its their my your our whose");

/** Pronouns for nobody and nothing. */
export const negativePronouns = words("nobody nothing none one");
export const pronouns = words(
  "it he she they them him i we you us me itself himself herself themselves one ones something everything nothing other others who whom which that this these those each",
);

export const numbers = words(
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dozen dozens hundreds",
);

export const quantifiers = words(
  "none several many few multiple various numerous most more fewer less much lots couple countless",
);

export const conjunctions = words("and or but & nor plus");

export const subordinators = words("while as when where because if although though since so than before after until");

export const beForms = words("is are was were be been being am 's 're isn't aren't wasn't weren't");

export const auxiliaries = words(
  "has have had having does do did can could will would may might must shall should gets get got getting seems appears seem appear becomes looks",
);

export const modals = words("ca does do did can could will would may might must shall should");

export const negations = words("not n't never nowhere cannot no without");
/** Modals for what is not so, or not yet: "will soon be painted". */
export const irrealisModals = words("will would should could shall 'll 'd");
/** Modals of what may be so: a guess before "be", "this might be a barn", and otherwise not a fact either. */
export const epistemicModals = words("might may");

/** Adverbs that deny what "a" or "any" behind them says: "hardly any cars". */
export const scarceAdverbs = words("hardly scarcely barely");

/** Words behind which "to" says what something is for, and not what happens: "a pole used to hang flags". */
export const purposeWords = words("ready used meant designed intended needed");

/** Units of length: "4 cm above the table" says how far, and is no thing. */
export const lengthUnits = words(
  "cm mm m km ft in inch inches centimeter centimeters centimetre centimetres meter meters metre metres kilometer kilometers foot feet yard yards mile miles",
);
