import { createParser } from "@tesserae/scene-graph";
import compromise from "compromise";
import { inTurn } from "./in-turn.js";
import { perfCaptions } from "./perf-captions.js";
import type { PerfSubject } from "./perf-subject.js";

const count = 5000;

/** Captions a second of the parser, beside compromise's bare `nlp(caption)`. */
export const parse: PerfSubject = {
  name: "parse",
  summary: "captions a second of scene-graph's parser, beside bare compromise",
  async measure({ rounds, captions: file }) {
    const captions = await perfCaptions(file, count);
    const parser = createParser();
    const timings = await inTurn(
      [
        { name: "compromise", run: () => captions.forEach((caption) => void compromise(caption)) },
        { name: "scene-graph, 1 thread", run: () => captions.forEach((caption) => void parser(caption)) },
      ],
      rounds,
    );
    const peer = timings.get("compromise")!.median;
    return {
      header: ["variant", "captions/s", "ratio"],
      rows: [...timings].map(([name, { median }]) => [
        name,
        ((count / median) * 1000).toFixed(0),
        `${(peer / median).toFixed(2)}x`,
      ]),
      notes: [`${count} captions of ${file ?? "the embedded world"}; median of ${rounds} rounds in turn`],
    };
  },
};
