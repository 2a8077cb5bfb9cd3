import { gerund, inFormOf } from "./conjugate.js";

/** Words that predicates have after their verb, or instead of one. */
const withoutVerb = new Set(
  `about above across after against ahead along alongside among amongst and around as at atop away back before behind below beneath
  beside besides between beyond by close down for from front in inside into left like near next of off on onto opposite out outside over
  past right side than through to top toward towards under underneath up upon with within without 's adjacent`.split(
    /\s+/,
  ),
);

const startsWithVerb = (predicate: string) => !withoutVerb.has(predicate.slice(0, `${predicate} `.indexOf(" ")));

/** A predicate as the graph names it and as the caption is to write it. */
export interface WrittenPredicate {
  readonly name: string;
  readonly text: string;
}

/**
 * Writes a predicate in the place of another. A verb takes the form of the verb that it replaces ("rides" by "hold": "holds"), or the
 * "-ing" form where there was none ("on" by "hold": "holding"). A preposition replaces only a preposition: the verb before it stays
 * ("sits on" by "under": "sits under").
 *
 * @param surface the replaced predicate as the caption writes it
 */
export function writePredicate(replacement: string, stated: string, surface: string): WrittenPredicate {
  const [verb = "", ...rest] = replacement.split(" ");
  const statedVerb = startsWithVerb(stated) ? stated.split(" ")[0]! : undefined;
  const surfaceWords = surface.split(/\s+/);
  if (startsWithVerb(replacement)) {
    const written = statedVerb === undefined ? gerund(verb) : inFormOf(verb, surfaceWords[0]!, statedVerb);
    return { name: replacement, text: [written, ...rest].join(" ") };
  }
  if (statedVerb === undefined) return { name: replacement, text: replacement };
  return { name: `${statedVerb} ${replacement}`, text: `${surfaceWords[0]} ${replacement}` };
}
