// node scripts/check-grammar.mjs <negatives.jsonl> [per miner] [examples] : findings of an independent grammar checker in captions and in their negatives.
// Needs harper.js, which is large and used here alone: npm install --no-save harper.js. Findings of spelling, style and capitals are left out; both texts
// end in a full stop and begin with a capital, so that a caption's own carelessness counts for neither.
import { readFileSync } from "node:fs";

let harper;
try {
  harper = { ...(await import("harper.js")), ...(await import("harper.js/binary")) };
} catch {
  console.error("harper.js is not installed; run: npm install --no-save harper.js");
  process.exit(1);
}
const [file, most = "500", show = "3"] = process.argv.slice(2);
const linter = new harper.LocalLinter({ binary: harper.binary });
await linter.setup();

// Harper sees a wrong article and a doubled verb, but hardly ever a wrong number: of "two dog", "the dogs is" it finds none, of "a dogs" one in eight. So numbers
// are looked at by these patterns too, which share nothing with the package: a counted noun in front of a verb or a preposition, and "is" behind a plural.
const end =
  "(?=\\s+(?:in|on|at|with|of|by|near|under|over|is|are|was|were|has|have|sitting|standing|walking|playing|riding|holding|wearing|next|and|that)\\b|[.,]|$)";
const several = new RegExp(
  `\\b(?:two|three|four|five|six|seven|eight|nine|ten|several|many|both|these|those)\\s+(?:(?:red|blue|green|white|black|brown|yellow|large|small|big|little|young|old)\\s+)*([a-z]+)${end}`,
  "gi",
);
const single = new RegExp(
  `\\b(?:an?|each|every|another|this)\\s+(?:(?:red|blue|green|white|black|brown|yellow|large|small|big|little|young|old)\\s+)*([a-z]+)${end}`,
  "gi",
);
const agreeing = /\b([a-z]+)\s+(is|are|has|have)\s+(?:[a-z]+ing|an?|the|in|on)\b/gi;
const isPlural = (word) =>
  /^(?:people|men|women|children|sheep|deer|fish|feet|teeth|geese|mice|police|cattle)$|(?:men|[^sui]s)$/i.test(word) &&
  !/^(?:lens|gas|bus|tennis|grass|glass|dress|canvas|christmas)$/i.test(word);
const isEither = (word) =>
  /^(?:sheep|deer|fish|skis?|glasses|pants|jeans|shorts|scissors|others?|ones?|some|each|all|who|that|which|there|it|they|and|of|them|kinds?|types?|sorts?|more|less|are|is|different|hundred|thousand|dozen|dozens|series|goggles|sunglasses|clothes|group|bunch|couple|pair|herd|crowd|team|family|staff|number|lot|variety|flock)$/i.test(
    word,
  );
/** Nouns whose number does not fit what stands beside them. */
const numberFindings = (text) =>
  [
    ...[...text.matchAll(several)].filter(([, noun]) => !isPlural(noun) && !isEither(noun)),
    ...[...text.matchAll(single)].filter(([, noun]) => isPlural(noun) && !isEither(noun)),
    ...[...text.matchAll(agreeing)].filter(
      ([, noun, verb]) => !isEither(noun) && /^(?:is|has)$/i.test(verb) === isPlural(noun) && !/(?:ing|ed)$/.test(noun),
    ),
  ].map(([found]) => `number [${found}]`);

const leftOut = /Spelling|Capitaliz|Punctuation|Formatting|Readability|Typo|Enhancement|WordChoice|Style|Regionalism/;
const known = new Map();
async function findings(text) {
  const words = text
    .trim()
    .replace(/\s+([.,!?])/g, "$1")
    .replace(/\s+/g, " ");
  const sentence = words.charAt(0).toUpperCase() + words.slice(1) + (/[.!?]$/.test(words) ? "" : ".");
  if (!known.has(sentence)) {
    const lints = (await linter.lint(sentence)).filter((lint) => !leftOut.test(lint.lint_kind()));
    known.set(sentence, [
      ...lints.map((lint) => `${lint.message()} [${lint.get_problem_text()}]`),
      ...numberFindings(sentence),
    ]);
  }
  return known.get(sentence);
}

const byMiner =
  Map.groupBy?.(
    readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
    ({ miner }) => miner,
  ) ?? new Map();
if (byMiner.size === 0) {
  for (const line of readFileSync(file, "utf8").trim().split("\n")) {
    const one = JSON.parse(line);
    byMiner.set(one.miner, [...(byMiner.get(one.miner) ?? []), one]);
  }
}
for (const [miner, all] of byMiner) {
  if (/aro-order|ngram-shuffle|mosaiclip/.test(miner)) continue; // shuffled words, and sub-graphs without articles, are no sentences
  const step = Math.max(1, Math.floor(all.length / Number(most)));
  const chosen = all.filter((_, i) => i % step === 0).slice(0, Number(most));
  let [inCaptions, inNegatives] = [0, 0];
  const added = [];
  for (const { source, caption } of chosen) {
    const [before, after] = [await findings(source), await findings(caption)];
    inCaptions += before.length > 0 ? 1 : 0;
    inNegatives += after.length > 0 ? 1 : 0;
    if (before.length === 0 && after.length > 0) added.push(`${after[0]} | ${caption.trim()}`);
  }
  const share = (count) => `${((100 * count) / chosen.length).toFixed(1)} %`;
  console.log(
    `${miner.padEnd(16)} ${chosen.length} pairs: captions ${share(inCaptions)}, negatives ${share(inNegatives)}, difference ${share(inNegatives - inCaptions)}`,
  );
  for (const example of added.slice(0, Number(show))) console.log(`    ${example}`);
}
process.exit(0);
