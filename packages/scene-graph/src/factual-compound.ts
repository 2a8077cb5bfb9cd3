import type { FactualFact } from "./factual-relation.js";

/** Nouns in front of a noun that FACTUAL makes an attribute of it: "laptop computer" is a computer that is laptop. */
const attributive =
  /^(wii \w+|laptop computer|wine glass(es)?|rock wall|ocean (water|wave)|tomato sauce|computer (monitor|desk)|suit jacket|shower curtain|fighter jet|chain link fence)$/;

const animal =
  /^(man|woman|person|people|boy|girl|child|baby|player|animal|elephant|giraffe|zebra|horse|cow|sheep|goat|dog|cat|bear|bird|lion|duck|pig)$/;
/** "mans head", "giraffes legs": possessors without their apostrophe. */
const possessor = /^(man|woman|person|boy|girl|animal|elephant|giraffe|zebra|horse|cow|dog|cat|bear|bird)s$/;
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

/** A compound as FACTUAL takes it apart: its head, and the fact that tells how the noun in front belongs to it; undefined where it stays whole. */
export function factualCompound(name: string): { readonly head: string; readonly fact: FactualFact } | undefined {
  const split = name.lastIndexOf(" ");
  if (split < 0) return undefined;
  const [modifier, head] = [name.slice(0, split), name.slice(split + 1)];
  if (attributive.test(name)) return { head, fact: [head, "is", modifier] };
  if (/^(slice|piece)$/.test(head)) return { head: modifier, fact: [modifier, "is", head] };
  if (possessor.test(modifier) || wholes.some(([whole, part]) => whole.test(modifier) && part.test(head)))
    return { head, fact: [modifier, "have", head] };
  if (name === "train station") return { head, fact: [head, "for", modifier] };
  if (/^((bathroom|kitchen) sink|bathroom (floor|curtain|door|light))$/.test(name))
    return { head, fact: [head, "in", modifier] };
  return undefined;
}
