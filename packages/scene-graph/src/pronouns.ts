import type { DraftObject } from "./graph-draft.js";
import { animates } from "./word-lists.js";

const people =
  /^(man|woman|boy|girl|child|kid|baby|person|guy|lady|gentleman|male|female|player|.*(er|or|man|woman|ist)|chef|cook|officer|athlete|student|toddler|infant|adult|teen|bride|groom|someone)$/;
const isPerson = (object: DraftObject) => animates.has(object.head) && people.test(object.head);

/** The one earlier object that a pronoun can stand for, or how many could. */
export function resolvePronoun(
  pronoun: string,
  objects: readonly DraftObject[],
  excluded: readonly DraftObject[],
): DraftObject | undefined {
  const singular = (object: DraftObject) => !object.plural && object.quantity === undefined;
  const fits = objects.filter((object) => {
    if (excluded.includes(object)) return false;
    if (/^(it|itself)$/.test(pronoun)) return singular(object) && !isPerson(object);
    if (/^(they|them|themselves)$/.test(pronoun)) return !singular(object) || isPerson(object);
    if (/^(he|him|himself|she|her|herself)$/.test(pronoun)) return singular(object) && animates.has(object.head);
    return false;
  });
  if (fits.length > 1 && /^(they|them)$/.test(pronoun)) {
    const plural = fits.filter((object) => !singular(object));
    return plural.length === 1 ? plural[0] : undefined;
  }
  return fits.length === 1 ? fits[0] : undefined;
}
