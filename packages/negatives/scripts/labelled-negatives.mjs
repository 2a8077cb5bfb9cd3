// node scripts/labelled-negatives.mjs <coco_dataset_test.txt> <captions_val2017.json> : 50 random negatives of every miner with the labels given by reading.
// The captions are not ours to copy: labels/negatives.json names them by line, with a checksum of the negative. "false" is false of the caption's scene and whole;
// "true" may well be true of it; "broken" is no English. A negative that has changed since is shown without its label. `--show` prints them, `--only a,b` takes those miners.
import { readFileSync } from "node:fs";
import { hash, seededRng } from "@tesserae/scene-graph/random";
import { prepare, readCaptions } from "./corpus.mjs";

const labels = new Map(
  JSON.parse(readFileSync(new URL("../labels/negatives.json", import.meta.url), "utf8")).map((one) => [
    `${one.miner} ${one.caption} ${one.checksum}`,
    one.label,
  ]),
);
const captions = readCaptions(process.argv[2], process.argv[3], 20, 7);
const { graphs, miners } = prepare(captions);
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1].split(",") : undefined;
for (const [name, miner] of Object.entries(miners)) {
  if (only && !only.includes(name)) continue;
  if (/aro-order|ngram-shuffle/.test(name)) continue; // shuffled words are broken by design
  const order = graphs.map((graph, i) => [hash(name + graph.caption, 5) >>> 0, i]).sort((a, b) => a[0] - b[0]);
  const counts = {};
  let shown = 0;
  for (const [, i] of order) {
    if (shown === 50) break;
    const { caption } = graphs[i];
    const [negatives] = await miner.mine([graphs[i]], { rng: seededRng(7, name, caption) });
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
