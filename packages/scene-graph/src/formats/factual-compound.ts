import type { FactualFact } from "./factual-relation.js";

/** Nouns in front of a noun that FACTUAL makes an attribute of it: "laptop computer" is a computer that is laptop. */
const attributive =
  /^(wii \w+|laptop computer|wine glass(es)?|rock wall|ocean (water|wave)|tomato sauce|computer (monitor|desk)|suit jacket|shower curtain|fighter jet|chain link fence)$/;

const animal =
  /^(man|woman|person|people|boy|girl|child|baby|player|animal|elephant|giraffe|zebra|horse|cow|sheep|goat|dog|cat|bear|bird|lion|duck|pig)$/;
const bodyPart =
  /^(head|face|leg|tail|wing|hand|ear|neck|mouth|foot|arm|eye|nose|horn|fur|body|paw|hoof|beak|back|skin|mane|shadow)$/;
/** Things with parts: a part's name behind theirs makes "have". */
const wholes: readonly (readonly [whole: RegExp, part: RegExp])[] = [
  [animal, bodyPart],
  [/^(tree|palm)$/, /^branch$/],
  [/^clock$/, /^(face|hand)$/],
  [/^(car|train|truck|van)$/, /^(window|windshield|windscreen|tire|wheel|door)$/],
  [/^(plane|airplane|jet)$/, /^(wing|engine|tail|wheel)$/],
  [/^(laptop|tv|television)$/, /^(screen|stand)$/],
  [/^(oven|microwave)$/, /^(door|handle)$/],
];

/** A compound taken apart. */
export interface FactualCompound {
  readonly head: string;
  /** How the noun in front belongs to the head, under the name that the head is written with. */
  readonly fact: (head: string) => FactualFact;
}

/** A compound as FACTUAL takes it apart; undefined where it stays whole. */
export function factualCompound(name: string): FactualCompound | undefined {
  const split = name.lastIndexOf(" ");
  if (split < 0) return undefined;
  const [modifier, head] = [name.slice(0, split), name.slice(split + 1)];
  if (attributive.test(name)) return { head, fact: (written) => [written, "is", modifier] };
  if (/^(slice|piece)$/.test(head)) return { head: modifier, fact: (written) => [written, "is", head] };
  // "mans head", "giraffes legs": a possessor without its apostrophe.
  const possessed = modifier.endsWith("s") && animal.test(modifier.slice(0, -1));
  if (possessed || wholes.some(([whole, part]) => whole.test(modifier) && part.test(head)))
    return { head, fact: (written) => [modifier, "have", written] };
  if (name === "train station") return { head, fact: (written) => [written, "for", modifier] };
  if (/^((bathroom|kitchen) sink|bathroom (floor|curtain|door|light))$/.test(name))
    return { head, fact: (written) => [written, "in", modifier] };
  return undefined;
}
