import { incompleteParticiples } from "../guarantee/attribute-properties.js";
import { intransitiveVerbs, postureVerbs } from "../guarantee/predicate-properties.js";
import { endsInPerfect, gerund, inFormOf, participle, verbForm } from "./conjugate.js";

/** Words that predicates have after their verb, or instead of one. */
const withoutVerb = new Set(
  `about above across after against ahead along alongside among amongst and apart around as at atop away back before behind below beneath
  beside besides between beyond by close down far for from front full in inside into left like near next of off on onto opposite or out outside over
  parallel past perpendicular right same side similar than through throughout to top toward towards under underneath up upon via with within without 's adjacent
  different identical distant larger bigger smaller taller shorter longer older younger wider heavier lighter darker faster slower more less higher lower during despite except since until till per versus vs plus minus upside a an the this that
  against ahead apart aboard amid beyond circa concerning considering following including regarding unlike that which who where while when as if than`.split(
    /\s+/,
  ),
);

/** Whether a predicate begins with a verb: "sit on", not "on". */
export function startsWithVerb(predicate: string): boolean {
  return !withoutVerb.has(predicate.slice(0, `${predicate} `.indexOf(" ")));
}

/** A predicate as the graph names it and as the caption is to write it. */
export interface WrittenPredicate {
  readonly name: string;
  readonly text: string;
}

/**
 * Writes a predicate in the place of another. A verb takes the form of the verb that it replaces ("rides" by "hold": "holds"); where there was none
 * ("on"), or one in the passive ("is covered with"), it takes the "-ing" form, so that the voice stays active. A preposition replaces only a preposition: the
 * verb before it stays ("sits on" by "under": "sits under").
 *
 * @param surface the replaced predicate as the caption writes it
 * @param before the text in front of it, whose last word tells a passive
 * @returns undefined where the place cannot be written so ("is covered with" by "under": the verb needs its preposition)
 */
export function writePredicate(
  replacement: string,
  stated: string,
  surface: string,
  before = "",
): WrittenPredicate | undefined {
  // What is "between" asks for two, where one is told of.
  if (/\bbetween$/.test(replacement)) return undefined;
  const [verb = "", ...rest] = replacement.split(" ");
  const statedVerb = startsWithVerb(stated) ? stated.split(" ")[0]! : undefined;
  const surfaceWords = surface.split(/\s+/);
  const form = statedVerb === undefined ? undefined : verbForm(surfaceWords[0]!, statedVerb);
  const isPerfect = endsInPerfect(before);
  const isPassive =
    !isPerfect &&
    (form === "participle" ||
      (form === "past" &&
        (surfaceWords.length > 1 || /\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$/i.test(before))));
  // "rolled by a girl" is what the girl does: another verb keeps its "by", and nothing else can stand there.
  if (isPassive && surfaceWords.length > 1 && surfaceWords.at(-1)!.toLowerCase() === "by" && !/ by$/.test(stated)) {
    if (!startsWithVerb(replacement) || rest.length > 0 || !takesPassive(verb)) return undefined;
    return { name: replacement, text: `${participle(verb)} by` };
  }
  if (startsWithVerb(replacement)) {
    // "cover with" is told of what is covered: "covered with", and never of what somebody does.
    const isOfPassive = rest.length > 0 && incompleteParticiples.has(participle(verb)) && !postureVerbs.has(verb);
    if (isOfPassive && statedVerb !== undefined && !isPassive) return undefined;
    if (isOfPassive) return { name: replacement, text: [participle(verb), ...rest].join(" ") };
    const isParticiple = isPerfect && (form === "participle" || form === "past");
    const written = isParticiple
      ? participle(verb)
      : statedVerb === undefined || isPassive
        ? gerund(verb)
        : inFormOf(verb, surfaceWords[0]!, statedVerb);
    return { name: replacement, text: [written, ...rest].join(" ") };
  }
  if (statedVerb === undefined) return { name: replacement, text: replacement };
  if (isTransitive(stated) || (isPassive && !placedParticiples.has(statedVerb)))
    return { name: replacement, text: asPhrase(replacement, form, before) };
  return { name: `${statedVerb} ${replacement}`, text: `${surfaceWords[0]} ${replacement}` };
}

/** Whether a verb has a passive: not "have", nor a verb without an object. */
const takesPassive = (verb: string): boolean => verb !== "have" && verb !== "be" && !intransitiveVerbs.has(verb);

/** Verbs whose participle takes any preposition of place: "parked on", "hung behind". */
const placedParticiples = new Set(
  "park place hang seat set stack pile mount position locate situate display arrange stick leave store tie plant build paint print write draw".split(
    " ",
  ),
);

/** A predicate that is a verb alone takes an object, which no preposition may come before: "holds a cup". */
const isTransitive = (predicate: string) => !predicate.includes(" ");

/** A preposition in the place of a verb: "a man holding a bat" becomes "a man behind a bat", "holds" becomes "is behind". */
function asPhrase(preposition: string, form: ReturnType<typeof verbForm> | undefined, before: string): string {
  if (
    form === "gerund" ||
    form === "participle" ||
    /\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$/i.test(before)
  )
    return preposition;
  if (form === "present") return `is ${preposition}`;
  if (form === "base") return `are ${preposition}`;
  return preposition;
}
