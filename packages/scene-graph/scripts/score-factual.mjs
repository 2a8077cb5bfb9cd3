// Set Match and SPICE of the parser on files of FACTUAL, with the most frequent differences by construction.
// node scripts/score-factual.mjs <dev.csv> [<train.csv> ...] [--wordnet] [--examples N]      (after a build)
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { differences, fromFactual, parse, setMatch, spice, toFactual } from "../dist/index.js";
import { annotatedTwoWays } from "./annotated-two-ways.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { wordnet: { type: "boolean", default: false }, examples: { type: "string", default: "1" } },
});
if (positionals.length === 0) {
  console.error("usage: score-factual.mjs <file.csv> ... [--wordnet] [--examples N]");
  process.exit(2);
}
const synonyms = values.wordnet ? (await import("../dist/wordnet.js")).wordnetSynonyms() : undefined;

for (const file of positionals) {
  const { rows, unreadable } = readFactual(file);
  const kinds = new Map();
  let matches = 0;
  let f1 = 0;
  for (const { caption, gold, reference } of rows) {
    const candidate = fromFactual(toFactual(parse(caption)));
    f1 += spice(candidate, reference, { exact: true, ...(synonyms && { synonyms }) }).f1;
    if (setMatch(candidate, reference, { exact: true })) {
      matches++;
      continue;
    }
    const found = new Map(differences(candidate, reference).map((difference) => [difference.kind, difference]));
    for (const [kind, difference] of found) {
      if (!kinds.has(kind)) kinds.set(kind, []);
      kinds.get(kind).push({ caption, gold, ...difference });
    }
  }
  const percent = (value) => ((100 * value) / rows.length).toFixed(2).padStart(9);
  console.log(`${file}: ${rows.length} captions, ${unreadable} unreadable references`);
  console.log("                                              Set Match     SPICE");
  console.log("fair rule baseline (Stanford, test split)         31.96     69.66");
  console.log(
    `this parser${synonyms ? " (SPICE with WordNet synonyms)" : "                              "}    ${percent(matches)} ${percent(f1)}`,
  );
  console.log("Flan-T5-base (published, test split)              81.4      93.3\n");

  console.log("Captions that do not match, by what differs (one caption may count in several rows):");
  for (const [kind, cases] of [...kinds].sort((a, b) => b[1].length - a[1].length)) {
    console.log(`${String(cases.length).padStart(6)}  ${kind}`);
    const every = Math.max(1, Math.floor(cases.length / Number(values.examples)));
    for (const { caption, gold, missing, surplus } of cases
      .filter((_, i) => i % every === 0)
      .slice(0, Number(values.examples))) {
      console.log(`          ${caption}\n            gold ${gold}`);
      console.log(
        `            ${[surplus && `parsed (${surplus.join(", ")})`, missing && `for (${missing.join(", ")})`].filter(Boolean).join(" ")}`,
      );
    }
  }
  report(annotatedTwoWays(rows), rows.length);
}

/** What of the rest no parser could get right: captions of one form whose graphs differ in form. */
function report({ repeated, contradicted, shapes, inShapes, minority }, count) {
  console.log("\nThe gold against itself:");
  console.log(
    `${String(contradicted).padStart(6)}  of ${repeated} captions whose text stands twice have another graph than the first`,
  );
  console.log(
    `${String(minority).padStart(6)}  of ${inShapes} captions (of ${count}) of a form that occurs five times or more are not annotated as most of that form are`,
  );
  for (const { shape, total, forms } of shapes.slice(0, 12)) {
    console.log(`          ${shape} (${total})`);
    for (const { form, n, example } of forms.slice(0, 2)) console.log(`            ${n} x ${form}   e.g. ${example}`);
  }
  console.log("");
}

/** Captions with their references; lines that cannot be read are counted. */
function readFactual(file) {
  const [header, ...lines] = readCsv(readFileSync(file, "utf8"));
  const [caption, gold] = ["caption", "scene_graph"].map((name) => header.indexOf(name));
  let unreadable = 0;
  const rows = lines.flatMap((line) => {
    try {
      return [{ caption: line[caption], gold: line[gold], reference: fromFactual(line[gold]) }];
    } catch {
      unreadable++;
      return [];
    }
  });
  return { rows, unreadable };
}

/** Rows of a CSV file with quoted fields. */
function readCsv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n\r]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}
