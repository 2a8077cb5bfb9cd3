// node scripts/list-losses.mjs <before: built repository> <coco_dataset_test.txt> <captions_val2017.json> [every] [--show N]
// Captions that had a negative of structureClip or negclip in another build and have none now, by the reason that was given for the last
// candidate; "no candidate" where nothing was proposed. What is lost rightly says the same, is no English or says nothing.
import { pathToFileURL } from "node:url";
import { builtInMiners } from "@tesserae/negatives";
import { seededRng } from "@tesserae/scene-graph/random";
import { prepare, readCaptions } from "./corpus.mjs";

const show = process.argv.includes("--show") ? Number(process.argv[process.argv.indexOf("--show") + 1]) : 0;
const [root, karpathy, val2017, every = "25"] = process.argv
  .slice(2)
  .filter((one, i, all) => one !== "--show" && all[i - 1] !== "--show");
const load = (name) => import(pathToFileURL(`${root}/packages/${name}/dist/index.js`).href);
const before = { parse: (await load("scene-graph")).parse, miners: (await load("negatives")).builtInMiners };
const captions = readCaptions(karpathy, val2017, Number(every));
const { graphs } = prepare(captions);
const mine = async (miner, graph, seed) => {
  const reasons = [];
  const [negatives] = await miner.mine([graph], {
    rng: seededRng(seed, graph.caption),
    reject: (reason) => reasons.push(reason),
  });
  return { negatives, reasons };
};
/** Why today's miner does not propose what the other build made, by where its edits lie in today's graph. */
function unproposed({ caption, objects, relations }, { edits }) {
  const within = (outer, inner) => outer.start <= inner.start && inner.end <= outer.end;
  if (
    objects.some(({ span }) =>
      edits.some((edit) => within(span, edit.span) && edit.span.end - edit.span.start < span.end - span.start),
    )
  )
    return "cuts a compound";
  const isThing = ({ span }) =>
    [...objects, ...objects.flatMap(({ attributes }) => attributes)].some((one) => within(span, one.span));
  const isVerb = ({ span }) => relations.some((one) => within(span, one.span) || within(one.span, span));
  if (edits.some((edit) => edit.text !== "" && !/^an?$/i.test(edit.text) && !isThing(edit)))
    return edits.some(isVerb) ? "verbs of different frames" : "nothing of the graph";
  const joint = jointOf(caption, edits.filter(isThing));
  if (joint) return joint;
  const isPlural = ({ span }) => /[^s]s$/.test(caption.slice(span.start, span.end));
  if (new Set(edits.filter(isThing).map(isPlural)).size > 1) return "numbers that do not agree";
  return "places or counts, is a name, is not counted, or holds both ways";
}

/** What stands between or in front of two nouns, where that tells why they do not change places. */
function jointOf(caption, things) {
  if (things.length !== 2) return undefined;
  const [one, other] = things.map(({ span }) => span).sort((a, b) => a.start - b.start);
  const between = caption.slice(one.end, other.start);
  if (/^['’]/.test(between)) return "an owner and what is owned";
  if (/^\s+of\b/i.test(between)) return "contents or a measure with what holds it";
  if (/^\s+(?:with|at)\b/i.test(between)) return "things with or at one another";
  const isBare = ({ start, end }) =>
    /\b(?:in|on|at|by|for|from|to|with|among|through|\w+ing|takes?)\s+$/i.test(caption.slice(0, start)) &&
    !/^(?:an?|the|his|her|its|their|some|two|three|four|five)\b|s$/i.test(caption.slice(start, end));
  return isBare(one) || isBare(other) ? "a set phrase (in bed)" : undefined;
}

for (const name of ["structure-clip", "negclip"]) {
  const lost = new Map();
  let [had, has] = [0, 0];
  const [old, now] = [before.miners[name](), builtInMiners[name]()];
  for (const graph of graphs) {
    const old_ = (await mine(old, before.parse(graph.caption), name)).negatives;
    const { negatives, reasons } = await mine(now, graph, name);
    had += old_.length > 0 ? 1 : 0;
    has += negatives.length > 0 ? 1 : 0;
    if (old_.length === 0 || negatives.length > 0) continue;
    const reason = reasons.at(-1) ?? `not proposed: ${unproposed(graph, old_[0])}`;
    lost.set(reason, [...(lost.get(reason) ?? []), `${graph.caption.trim()} -> ${old_[0].caption.trim()}`]);
  }
  const share = (count) => `${((100 * count) / graphs.length).toFixed(1)} %`;
  console.log(
    `${name}: ${graphs.length} captions, with a negative before ${share(had)}, now ${share(has)}; lost by reason:`,
  );
  for (const [reason, list] of [...lost].sort((a, b) => b[1].length - a[1].length)) {
    console.log(`  ${String(list.length).padStart(5)} ${share(list.length).padStart(7)}  ${reason}`);
    for (const example of list.slice(0, show)) console.log(`           ${example}`);
  }
}
