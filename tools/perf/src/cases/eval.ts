import { cacheScorer, choice, type ImageRef, imageName, runBenchmark, strictPolicy } from "@tesserae/benchmarks";
import { createClip, createScorer, createTokenizer } from "@tesserae/models";
import { seededRng } from "@tesserae/scene-graph/random";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { type ChoiceItem, loadWorldImage, type WorldTask, worldTasks } from "@tesserae/world";
import { type ClipSize, chosenSizes } from "../engine/clip-sizes.js";
import { measurePairs } from "../evaluation/measure-pairs.js";
import { interleaved } from "../interleaved.js";
import type { PerfCase } from "../perf-case.js";

const task = "relation-swap";
/** Items of the benchmark. */
const count = 128;

const benchmark = {
  name: `world/${task}`,
  version: "measurement",
  family: choice,
  policy: strictPolicy,
  headline: "accuracy",
  split: "test",
  citation: "Tesserae's synthetic world",
  licence: "MIT",
};

/**
 * What `bench run` does: embedding images, embedding texts, and scoring items whose embeddings are known, by small models; SugarCrepe's
 * form of work by ViT-B/32, beside its peers.
 */
export const evaluation: PerfCase = {
  name: "eval",
  summary: "images, texts and items a second of small models; SugarCrepe-shaped pairs by ViT-B/32 beside its peers",
  async measure(options) {
    const { rounds, threads, backend, size } = options;
    const engine = await selectBackend({ threads, ...(backend === undefined ? {} : { backend }) });
    const { items } = worldTasks({ seed: 0, count }).find(({ name }) => name === task) as WorldTask<ChoiceItem>;
    const rows: string[][] = [];
    const pairNotes: string[] = [];
    const names = new Set<string>();
    for (const chosen of chosenSizes(size)) {
      const [name] = chosen.name.split(",");
      if (names.has(name!)) continue; // ViT-B/32 has two sizes of batch, which are of no matter here
      names.add(name!);
      if (name === "ViT-B/32") {
        const measured = await measurePairs(chosen, options);
        rows.push(...measured.rows.map((row) => [...row]));
        pairNotes.push(...measured.notes);
      } else rows.push(...(await measureSize(chosen, items, rounds)));
    }
    return {
      header: ["model", "work", "count", "ms", "a second"],
      rows,
      notes: [
        ...pairNotes,
        `${count} items of world/${task}; images are drawn before, scoring takes cached embeddings; untrained weights`,
        `median of ${rounds} rounds in turn, after one that is not counted; ${threads} threads; backend ${engine.name}, ${engine.reason}`,
      ],
    };
  },
};

async function measureSize(
  { name, config }: ClipSize,
  items: readonly ChoiceItem[],
  rounds: number,
): Promise<string[][]> {
  const { contextLength, vocabSize } = config.text;
  const data = { items: items.map(({ image, ...item }) => ({ ...item, images: [{ path: image }] })) };
  const images = data.items.flatMap((item) => item.images);
  const texts = [...new Set(items.flatMap(({ captions }) => captions))];
  const tokenizer = createTokenizer({ corpus: texts, vocabSize, contextLength });
  const clip = createClip(config, { rng: seededRng(0) });
  const drawn = new Map<string, ReturnType<typeof loadWorldImage>>();
  const load = async (image: ImageRef) => {
    const name = imageName(image);
    const known = drawn.get(name) ?? loadWorldImage(name);
    drawn.set(name, known);
    return known;
  };
  const scorer = createScorer(clip, tokenizer, { loadImage: load, name, revision: "untrained" });
  const known = cacheScorer(scorer);
  const work = [
    { name: "embed images", count: images.length, run: async () => void (await scorer.embedImages(images)) },
    { name: "embed texts", count: texts.length, run: async () => void (await scorer.embedTexts(texts)) },
    { name: "score items", count: items.length, run: async () => void (await runBenchmark(benchmark, data, known)) },
  ];
  const timings = await interleaved(work, rounds);
  clip.dispose();
  return work.map(({ name: what, count: done }) => {
    const { median } = timings.get(what)!;
    return [name.split(",")[0]!, what, String(done), median.toFixed(0), ((1000 * done) / median).toFixed(0)];
  });
}
