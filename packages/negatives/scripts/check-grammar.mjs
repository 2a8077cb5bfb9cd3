// node scripts/check-grammar.mjs <negatives.jsonl> [per miner] : findings of an independent grammar checker in captions and in their negatives.
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
const [file, most = "500"] = process.argv.slice(2);
const linter = new harper.LocalLinter({ binary: harper.binary });
await linter.setup();

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
    known.set(
      sentence,
      lints.map((lint) => `${lint.message()} [${lint.get_problem_text()}]`),
    );
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
  for (const example of added.slice(0, 3)) console.log(`    ${example}`);
}
process.exit(0);
