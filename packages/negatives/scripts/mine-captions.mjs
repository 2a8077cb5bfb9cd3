// node scripts/mine-captions.mjs <coco_dataset_test.txt> <captions_val2017.json> <out.jsonl> [every]
// Mines every `every`-th caption (default 10) with every miner; a line { miner, kind, source, whole, caption, edits } for each negative.
import { createWriteStream } from "node:fs";
import { mineWithReport } from "@tesserae/negatives";
import { seededRng } from "@tesserae/scene-graph/random";
import { prepare, readCaptions } from "./corpus.mjs";

const [karpathy, val2017, out, every = "10"] = process.argv.slice(2);
const captions = readCaptions(karpathy, val2017, Number(every));
const { graphs, miners } = prepare(captions);
const file = createWriteStream(out);
for (const [name, miner] of Object.entries(miners)) {
  const { negatives, report } = await mineWithReport(miner, graphs, { rng: seededRng(name, 1) });
  const related = graphs.flatMap(({ relations }, i) => (relations.length > 0 ? [negatives[i].length > 0] : []));
  const share = (list) => `${((100 * list.filter(Boolean).length) / list.length).toFixed(1)} %`;
  console.log(
    name,
    report.negatives,
    share(negatives.map((list) => list.length > 0)),
    share(related),
    report.rejects,
    report.problems,
  );
  for (const [i, list] of negatives.entries()) {
    for (const { kind, source, caption, edits } of list) {
      const whole = graphs[i].caption;
      file.write(`${JSON.stringify({ miner: name, kind, source: source ?? whole, whole, caption, edits })}\n`);
    }
  }
}
file.end();
