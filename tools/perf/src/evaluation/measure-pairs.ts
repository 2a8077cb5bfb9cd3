import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheScorer, choice, runBenchmark, strictPolicy } from "@tesserae/benchmarks";
import { createClip, createScorer, createTokenizer, exportOnnx, type RgbImage } from "@tesserae/models";
import { seededRng } from "@tesserae/scene-graph/random";
import { toOnnx } from "@tesserae/tfjs-backend-ort";
import type { ClipSize } from "../engine/clip-sizes.js";
import { interleaved, type Variant } from "../interleaved.js";
import { startPyTorch } from "../peers/pytorch-process.js";
import { openTransformersPeer } from "../peers/transformers-peer.js";
import { perfCaptions } from "../perf-captions.js";
import type { PerfOptions, PerfReport } from "../perf-case.js";

/** Items: an image with a true and a false caption each, as SugarCrepe's. */
const pairs = 16;
const width = 640;
const height = 480;
const batch = 16;

const benchmark = {
  name: "sugarcrepe",
  version: "measurement",
  family: choice,
  policy: strictPolicy,
  headline: "accuracy",
  split: "test",
  citation: "Hsieh et al., NeurIPS 2023 (the form of its items)",
  licence: "MIT",
};

/** SugarCrepe's form of work by a model of random weights: ours, with embeddings known and not, beside peers in the same run. */
export async function measurePairs(
  { name, config }: ClipSize,
  options: PerfOptions,
): Promise<Pick<PerfReport, "rows" | "notes">> {
  const { rounds, threads, captions: file } = options;
  const texts = [...new Set(await perfCaptions(file, 8 * pairs))].slice(0, 2 * pairs);
  const images = drawnImages();
  const { contextLength, vocabSize } = config.text;
  const tokenizer = createTokenizer({ corpus: texts, vocabSize: Math.min(vocabSize, 4096), contextLength });
  const clip = createClip(config, { rng: seededRng("pairs") });
  const folder = await mkdtemp(join(tmpdir(), "tesserae-perf-"));
  try {
    await exportOnnx(clip, tokenizer, join(folder, "model"), { toOnnx });
    const items = images.map((_, index) => ({
      images: [{ path: String(index) }],
      captions: [texts[(2 * index) % texts.length]!, texts[(2 * index + 1) % texts.length]!],
      correct: 0,
    }));
    const scorer = createScorer(clip, tokenizer, {
      loadImage: async ({ path }: { readonly path: string }) => images[Number(path)]!,
      ...{ batchSize: batch, name, revision: "untrained" },
    });
    const known = cacheScorer(scorer as Parameters<typeof cacheScorer>[0]);
    const transformers = await openTransformersPeer(join(folder, "model"), threads).catch((error: Error) => error);
    const request = { texts, images: images.length, width, height, batch, threads };
    const python = await startPyTorch("open_clip_pairs.py", options, request).catch((error: Error) => error);
    const variants: Variant[] = [
      { name: ours, run: async () => void (await runBenchmark(benchmark, { items }, scorer as typeof known)) },
      { name: cached, run: async () => void (await runBenchmark(benchmark, { items }, known)) },
      ...(transformers instanceof Error ? [] : [{ name: js, run: () => transformers.embed(images, texts, batch) }]),
      ...(python instanceof Error ? [] : [{ name: torch, run: async () => void (await python.step()) }]),
    ];
    const timings = await interleaved(variants, rounds);
    if (!(transformers instanceof Error)) await transformers.dispose();
    if (!(python instanceof Error)) python.stop();
    const own = timings.get(ours)!.median;
    const faster = [js, torch].flatMap((peer) => {
      const time = timings.get(peer);
      return time ? [`${(time.median / own).toFixed(2)}x ${peer}`] : [];
    });
    return {
      rows: [...timings].map(([what, { median }]) => [
        ...[name.split(",")[0]!, `pairs, ${what}`, String(pairs)],
        ...[median.toFixed(0), ((1000 * pairs) / median).toFixed(1)],
      ]),
      notes: [
        `pairs: ${pairs} images of ${width} x ${height}, decoded before, and ${texts.length} captions, ${batch} at a time; resizing and tokenising count`,
        ...(faster.length > 0 ? [`ours is ${faster.join(" and ")}`] : []),
        ...(transformers instanceof Error ? [`${js}: not measured (${transformers.message.split("\n")[0]})`] : []),
        python instanceof Error ? `${torch}: not measured (${python.message})` : `${torch}: ${python.version}`,
      ],
    };
  } finally {
    clip.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

const ours = "ours";
const cached = "ours, embeddings known";
const js = "@huggingface/transformers, the same ONNX";
const torch = "open_clip in PyTorch";

/** Waves of different colours, as large as COCO's photos. */
function drawnImages(): readonly RgbImage[] {
  return Array.from({ length: pairs }, (_, image) => {
    const data = new Uint8Array(width * height * 3);
    for (let at = 0; at < data.length; at++) data[at] = 127 + 120 * Math.sin(at * (0.001 + image * 0.0001));
    return { width, height, data };
  });
}
