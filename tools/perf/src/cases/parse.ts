import { createParser, parseStream } from "@tesserae/scene-graph";
import compromise from "compromise";
import { interleaved } from "../interleaved.js";
import { perfCaptions } from "../perf-captions.js";
import type { PerfCase } from "../perf-case.js";

const count = 5000;
/** Times that our parser goes over the captions: starting the workers, which is a part of their time, should not be most of it. */
const repeats = 60;

/** Captions a second of the parser, in one thread and streamed through workers, beside compromise's bare `nlp(caption)`. */
export const parse: PerfCase = {
  name: "parse",
  summary: "captions a second of scene-graph's parser, one thread and workers, beside bare compromise",
  async measure({ rounds, threads, captions: file }) {
    const captions = await perfCaptions(file, count);
    const parser = createParser();
    const variants = [
      {
        name: "compromise",
        captions: count,
        run: () => captions.forEach((caption) => void compromise(caption)),
      },
      {
        name: "scene-graph, 1 thread",
        captions: count * repeats,
        run() {
          for (const caption of repeated(captions)) parser(caption);
        },
      },
      {
        name: `scene-graph, ${threads} workers`,
        captions: count * repeats,
        async run() {
          let seen = 0;
          for await (const _ of parseStream(repeated(captions), { workers: threads })) seen++;
          if (seen !== count * repeats) throw new Error(`parseStream: ${seen} graphs for ${count * repeats} captions`);
        },
      },
    ];
    const timings = await interleaved(variants, rounds);
    const rates = variants.map(({ name, captions: n }) => (n / timings.get(name)!.median) * 1000);
    const [peer, single] = rates as [number, number, number];
    return {
      header: ["variant", "captions/s", "to compromise", "to 1 thread"],
      rows: variants.map(({ name }, i) => [
        name,
        rates[i]!.toFixed(0),
        `${(rates[i]! / peer).toFixed(2)}x`,
        i === 0 ? "" : `${(rates[i]! / single).toFixed(2)}x`,
      ]),
      notes: [
        `${count} captions of ${file ?? "the synthetic world"}, ${repeats} times for scene-graph; the workers' start is counted; median of ${rounds} rounds in turn`,
      ],
    };
  },
};

function* repeated(captions: readonly string[]): Iterable<string> {
  for (let i = 0; i < repeats; i++) yield* captions;
}
