// node scripts/check-swaps.mjs <negatives.jsonl> : how many swaps say the same as their caption, and how many attribute edits are vacuous.
// An independent test at the level of words: it shares nothing with the guarantee of this package, and knows symmetry and exchange by its own lists.
import { readFileSync } from "node:fs";

const symmetric =
  "and|or|&|,|next to|beside|besides|near|nearby|close to|alongside|adjacent to|along with|together with|across from|opposite|opposite to|far from|away from|parallel to|connected to|attached to|identical to|similar to|different from|talking to|talking with|talks to|talk to|speaking with|speaking to|chatting with|dancing with|kissing|hugging|embracing|married to|touching|in contact with|intersecting|bordering|mixed with|playing with|fighting with|fighting|racing|meeting|facing|as well as|plus";
const lead =
  "(?:(?:is|are|was|were|that is|that are|which is)\\s+)?(?:(?:sitting|standing|lying|laying|parked|resting|placed|seated|located|sits|stands|lies|sit|stand|walking|walks|sleeping|hanging|posing|perched|situated|positioned|stacked|waiting|set)\\s+)?(?:(?:right|directly|very|up|down|together|quietly|closely)\\s+)?";
const joint = new RegExp(`^${lead}(?:${symmetric})$`);
const coordination = /^(?:and|or|&|,|as well as|plus)$/;
const social = /play|talk|speak|chat|danc|fight|rac|meet|fac|kiss|hug|embrac/;
const modifier =
  /^(two|three|four|five|six|seven|eight|nine|ten|several|many|some|few|one|red|blue|green|black|white|brown|yellow|orange|pink|purple|gray|grey|small|large|big|little|tall|short|long|old|young|new|wooden|metal|brick|plastic|glass|striped|dirty|clean|empty|full|beautiful|colorful|of|other|different|giant|tiny|huge|stuffed|double|tennis|baseball|his|her|its|their)$/;
const alive =
  /^(man|men|woman|women|boy|boys|girl|girls|child|children|kid|kids|person|people|dog|dogs|cat|cats|player|players|baby|couple|friend|friends|lady|guy|guys|horse|horses|elephant|elephants|bear|bears|giraffe|zebra|giraffes|zebras)$/;
const boundary =
  /^(in|on|at|with|of|by|near|under|over|behind|from|to|for|while|as|that|which|who|is|are|was|were|has|have|and|or|,|&|into|onto|through|down|up|next|beside|holding|wearing|riding|eating|sitting|standing|looking|watching|playing|walking|around|between|inside|above|below|along|across|against|off|out|about)$/;
// "walking around a beach near a truck": who walks there is told of the first of the two.
const inside =
  /^(in|on|at|under|over|behind|around|through|into|onto|along|across|toward|towards|down|up|from|wearing|holding|riding|eating|with|has|have)$/;

const words = (text) =>
  (text.toLowerCase().match(/[a-z0-9'’-]+|[,&]/g) ?? []).filter((word) => !/^(a|an|the)$/.test(word));

/** What was exchanged, where the second text is the first with the sides of a joint exchanged; undefined otherwise. */
function exchanged(first, second) {
  const [a, b] = [words(first), words(second)];
  if (a.length !== b.length) return undefined;
  const start = a.findIndex((word, i) => word !== b[i]);
  if (start < 0) return "equal";
  const end = a.findLastIndex((word, i) => word !== b[i]);
  for (let i = start; i >= Math.max(0, start - 6); i--) {
    for (let j = end; j < Math.min(a.length, end + 7); j++) {
      for (let p = start + 1; p <= end; p++) {
        for (let q = p + 1; q < Math.min(end + 1, p + 6); q++) {
          const [left, middle, right] = [a.slice(i, p), a.slice(p, q), a.slice(q, j + 1)];
          if ([...right, ...middle, ...left].join(" ") !== b.slice(i, j + 1).join(" ")) continue;
          if (isEven(left, middle.join(" "), right, a[i - 1], a[j + 1]))
            return `${left.join(" ")} <${middle.join(" ")}> ${right.join(" ")}`;
        }
      }
    }
  }
  return undefined;
}

/** Whether the sides of a joint may change places: it is symmetric, and neither side leaves a modifier or a whole behind. */
function isEven(left, middle, right, before, after) {
  if (!joint.test(middle)) return false;
  if (social.test(middle) && !(left.some((word) => alive.test(word)) && right.some((word) => alive.test(word))))
    return false;
  if (before && (modifier.test(before) || !boundary.test(before))) return false;
  if (after && !boundary.test(after)) return false;
  if (coordination.test(middle)) return true;
  return !(before && inside.test(before)) && !left.some((word) => /^(and|or|,|while|as|is|are)$/.test(word));
}

const vacuous = new Set(
  "different other another same certain next several various own such many few whole entire main similar particular specific typical actual real multiple numerous assorted separate only general usual normal regular unknown visible nearby first second last single extra additional".split(
    " ",
  ),
);
const incomplete =
  /^(?:holding|wearing|carrying|containing|showing|having|making|taking|using|including|featuring|covering|touching|getting|putting|giving|filled|made|used|called|covered|surrounded|attached|looking)$/;

const counts = new Map();
for (const line of readFileSync(process.argv[2], "utf8").trim().split("\n")) {
  const { miner, kind, source, caption, edits } = JSON.parse(line);
  const count = counts.get(miner) ?? { negatives: 0, swaps: 0, same: [], vacuous: [] };
  counts.set(miner, count);
  count.negatives++;
  if (/swap|shuffle/.test(kind)) {
    count.swaps++;
    const what = exchanged(source, caption);
    if (what) count.same.push(`${source.trim()} -> ${caption.trim()}  {${what}}`);
  }
  if (!/attribute/.test(kind) || /negate/.test(kind)) continue;
  for (const { span, text } of edits) {
    const [old, put] = [source.slice(span.start, span.end), text].map((words) => words.toLowerCase().trim());
    const added = put.split(" ")[0];
    if (vacuous.has(old) || vacuous.has(added) || incomplete.test(added) || old === put)
      count.vacuous.push(`${source} -> ${caption}`);
  }
}
for (const [miner, { negatives, swaps, same, vacuous: empty }] of counts) {
  const share = swaps === 0 ? "" : ` (${((100 * same.length) / swaps).toFixed(2)} %)`;
  console.log(
    `${miner.padEnd(16)} ${negatives} negatives, ${swaps} swaps, says the same ${same.length}${share}, vacuous ${empty.length}`,
  );
  for (const example of [...same, ...empty].slice(0, 3)) console.log(`    ${example}`);
}
