import { isPossessive } from "../graph/possessive.js";
import { animateNouns, clothes, containers } from "../lexicon/nouns.js";

/** A fact of FACTUAL: subject, predicate, object. */
export type FactualFact = readonly [subject: string, predicate: string, object: string];

/** Predicates under the words that FACTUAL uses for them; prepositions stand alone or behind a verb. Applied in order. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/^lie\b/, "lay"],
  [/^seat\b/, "sit"],
  [/\b(beneath|underneath|below)$/, "under"],
  [/\b(inside|outside|alongside) of$/, "$1"],
  [/\balong side( of)?$/, "alongside"],
  [/\batop( of)?$/, "on top of"],
  [/\b(at|in) top of$/, "on top of"],
  [/\b((?:in|on|at) (?:front|top|side|back))$/, "$1 of"],
  [/\b(on|at) front of$/, "in front of"],
  [/\bin (middle of)$/, "on $1"],
  [/\b(at|in) (bottom|edge|side) of$/, "on $2 of"],
  [/\bon (center|corner) of$/, "in $1 of"],
  [/\b(at|on) end of$/, "in end of"],
  [/\b((to|on|at) )?left( hand)?( side)? of$/, "at the left of"],
  [/\b((to|on|at) )?right( hand)?( side)? of$/, "on the right side of"],
  [/\b(other|opposite) (side of)$/, "$2"],
  [/\bsides of$/, "side of"],
  [/\bbesides$/, "beside"],
  [/\bin between$/, "between"],
  [/\bthru$/, "through"],
  [/\btoward$/, "towards"],
  [/\bside by side$/, "side by side with"],
  [/^(lay|sit|look|hang) down (\w+)/, "$1 $2"],
  [/^hold (up|onto|on to)$/, "hold"],
  [/^(sit|prop) up (\w+)/, "$1 $2"],
  [/^line up (\w+)$/, "$1"],
  [/^reach for$/, "reach towards"],
  [/^wait for$/, "wait"],
  [/\btogether (\w+)$/, "$1"],
];

const flat = /^(plate|dish)$/;
/** What FACTUAL says to "have" what is in or on it. */
const holders = /^(field|hill|bowl|tray|vase)$/;

/**
 * A relation as FACTUAL writes it: part and whole become "have", clothes "wear", "covered in" "cover".
 * @param subjectHead @param objectHead the names' last words
 */
export function factualRelation(
  subject: string,
  predicate: string,
  object: string,
  subjectHead: string,
  objectHead: string,
): FactualFact {
  if (predicate === "of") {
    if (holders.test(subjectHead)) return [subject, "have", object];
    if (containers.has(subjectHead)) return [object, flat.test(subjectHead) ? "on" : "in", subject];
    return [object, "have", subject];
  }
  if (isPossessive(predicate) || predicate === "full of") return [subject, "have", object];
  if (predicate === "for") return [object, "have", subject];
  if (predicate === "fill") return [object, "fill with", subject];
  if (predicate === "line with") return [object, "line", subject];
  if (/^cover (in|with)$/.test(predicate)) return [object, "cover", subject];
  const worn = /^(in|with)$/.test(predicate) && clothes.has(objectHead) && animateNouns.has(subjectHead);
  if (worn || predicate === "dress in") return [subject, "wear", object];
  return [subject, wordings.reduce((wording, [from, to]) => wording.replace(from, to), predicate), object];
}
