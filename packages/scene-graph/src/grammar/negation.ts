import type { CaptionReader } from "./caption-reader.js";
import type { NounGroup } from "./noun-group.js";

/** Which phrases of a group the caption denies: "no dog or cat", "without a hat", what an absent thing has, does or is at. */
export function absentOf({ clause }: CaptionReader, { chains, joints }: NounGroup): readonly boolean[] {
  const { open, verb, negated } = clause;
  const holders = open ? open.subjects : verb && verb.objects.length === 0 && !verb.group.copula ? verb.subjects : [];
  const verbDenied = open ? open.verb?.group.negated === true : false;
  const outside = negated || verbDenied || (holders.length > 0 && holders.every(({ absent }) => absent));
  let before = false;
  return chains.map((chain, index) => {
    const { determiner, quantity, name } = chain.at(-1)!.phrase;
    const own =
      determiner === "no" ||
      quantity === "none" ||
      /^no(body|thing| one)$/.test(name) ||
      (determiner === "neither" && holders.length > 0);
    const joined = before && (/^n?or$/.test(joints[index]!) || determiner === undefined);
    before = outside || own || joined;
    return before;
  });
}
