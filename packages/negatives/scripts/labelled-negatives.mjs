// node scripts/labelled-negatives.mjs <coco_dataset_test.txt> <captions_val2017.json> : 50 random negatives of every miner with the labels given by reading.
// The captions are not ours to copy: labels/negatives.json names them by line, with a checksum of the negative. "false" is surely false of a picture that the caption
// describes, and whole English; "true" may be true of that picture; "broken" is nothing that a person would write. What is swapped may be absurd, the short texts of
// mosaiclip have no articles, and a slip that the caption has itself counts for neither. A negative that has changed since is shown without its label.
// `--show` prints them, `--only a,b` takes those miners, `--offset N` draws from other captions.
import { readFileSync } from "node:fs";
import { hash, seededRng } from "@tesserae/scene-graph/random";
import { prepare, readCaptions } from "./corpus.mjs";

const labels = new Map(
  JSON.parse(readFileSync(new URL("../labels/negatives.json", import.meta.url), "utf8")).map((one) => [
    `${one.miner} ${one.caption} ${one.checksum}`,
    one.label,
  ]),
);
const argument = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const only = argument("--only")?.split(",");
// Every 20th caption from here on. A miner that was mended after its negatives had been read is judged by captions that were not read before.
const offsets = { "structure-clip": 15 };
const corpora = new Map();
const corpus = (offset) => {
  if (!corpora.has(offset)) {
    const captions = readCaptions(process.argv[2], process.argv[3], 20, offset);
    corpora.set(offset, { captions, ...prepare(captions) });
  }
  return corpora.get(offset);
};
for (const name of Object.keys(corpus(1).miners)) {
  if (only && !only.includes(name)) continue;
  const { captions, graphs, miners } = corpus(Number(argument("--offset") ?? offsets[name] ?? 1));
  if (/aro-order|ngram-shuffle/.test(name)) continue; // shuffled words are broken by design
  const order = graphs.map((graph, i) => [hash(name + graph.caption, 5) >>> 0, i]).sort((a, b) => a[0] - b[0]);
  const counts = {};
  let shown = 0;
  for (const [, i] of order) {
    if (shown === 50) break;
    const { caption } = graphs[i];
    const [negatives] = await miners[name].mine([graphs[i]], { rng: seededRng(7, name, caption) });
    const negative = negatives[(hash(caption + name, 9) >>> 0) % negatives.length];
    if (!negative) continue;
    shown++;
    const checksum = (hash(negative.caption, 3) >>> 0).toString(16).padStart(8, "0");
    const label = labels.get(`${name} ${captions[i].id} ${checksum}`) ?? "not labelled";
    counts[label] = (counts[label] ?? 0) + 1;
    if (process.argv.includes("--show"))
      console.log(
        JSON.stringify({
          miner: name,
          caption: captions[i].id,
          checksum,
          label,
          source: negative.source ?? caption,
          negative: negative.caption,
        }),
      );
  }
  console.log(name, counts);
}
