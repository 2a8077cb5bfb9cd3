// What the scripts of this folder share: captions of the two corpora that the numbers of README.md are of, and the miners.
import { readFileSync } from "node:fs";
import { buildVocabulary, builtInMiners, clove } from "@tesserae/negatives";
import { openWordnet } from "@tesserae/negatives/wordnet";
import { parse } from "@tesserae/scene-graph";

/** Captions by "karpathy:LINE" and "val2017:INDEX", every `step`-th, from Karpathy's test captions (tab separated) and COCO's captions_val2017.json. */
export function readCaptions(karpathy, val2017, step = 1, offset = 0) {
  const lines = readFileSync(karpathy, "utf8").split("\n").filter(Boolean);
  const { annotations } = JSON.parse(readFileSync(val2017, "utf8"));
  const chosen = (list, name, text) =>
    list.flatMap((one, i) => (i % step === offset ? [{ id: `${name}:${i}`, caption: text(one) }] : []));
  return [
    ...chosen(lines, "karpathy", (line) => line.split("\t").at(-1)),
    ...chosen(annotations, "val2017", ({ caption }) => caption),
  ];
}

/** The graphs of captions, and every miner that needs no model with their vocabulary. */
export function prepare(captions, { minCount = 3 } = {}) {
  const graphs = captions.map(({ caption }) => parse(caption));
  const vocabulary = buildVocabulary(graphs, { minCount });
  const miners = Object.fromEntries(Object.entries(builtInMiners).map(([name, create]) => [name, create(vocabulary)]));
  return { graphs, miners: { ...miners, clove: clove({ thesaurus: openWordnet() }) } };
}
