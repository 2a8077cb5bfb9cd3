// Set Match and SPICE of the parser on a FACTUAL file, with the most frequent differences.
// node scripts/score-factual.mjs <dev.csv> [--limit N] [--show N]
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { facts, fromFactual, parse, setMatch, spice, toFactual } from "../dist/index.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { limit: { type: "string" }, show: { type: "string", default: "0" } },
});
if (positionals.length !== 1) throw new Error("usage: score-factual.mjs <file.csv> [--limit N] [--show N]");

/** Rows of a CSV file with quoted fields. */
function readCsv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n\r]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

const [header, ...rows] = readCsv(readFileSync(positionals[0], "utf8"));
const caption = header.indexOf("caption");
const gold = header.indexOf("scene_graph");
const limit = values.limit === undefined ? rows.length : Number(values.limit);
let matches = 0;
let total = 0;
let count = 0;
let unreadable = 0;
const missing = new Map();
const surplus = new Map();
const shape = (fact) => (fact.length === 1 ? "object" : fact[1] === "is" ? "is" : fact[1]);
for (const row of rows.slice(0, limit)) {
  let reference;
  try {
    reference = fromFactual(row[gold]);
  } catch {
    unreadable++;
    continue;
  }
  const candidate = fromFactual(toFactual(parse(row[caption])));
  const same = setMatch(candidate, reference);
  if (same) matches++;
  total += spice(candidate, reference).f1;
  count++;
  if (same) continue;
  const key = (fact) => fact.join(" , ");
  const a = new Set(facts(candidate).map(key));
  const b = new Set(facts(reference).map(key));
  for (const fact of facts(reference))
    if (!a.has(key(fact))) missing.set(shape(fact), (missing.get(shape(fact)) ?? 0) + 1);
  for (const fact of facts(candidate))
    if (!b.has(key(fact))) surplus.set(shape(fact), (surplus.get(shape(fact)) ?? 0) + 1);
  if (count % Math.max(1, Math.floor(limit / Number(values.show || 1))) === 0 && Number(values.show) > 0)
    console.log(`${row[caption]}\n   gold   ${row[gold]}\n   parsed ${toFactual(parse(row[caption]))}`);
}
const top = (map) =>
  [...map]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 15)
    .map(([name, n]) => `${name} ${n}`)
    .join(", ");
console.log(`captions ${count}, unreadable references ${unreadable}`);
console.log(`Set Match ${((100 * matches) / count).toFixed(2)} (rule baseline 31.96, Flan-T5-base 81.4)`);
console.log(`SPICE     ${((100 * total) / count).toFixed(2)} (rule baseline 69.66, Flan-T5-base 93.3)`);
console.log(`most often missing: ${top(missing)}`);
console.log(`most often surplus: ${top(surplus)}`);
