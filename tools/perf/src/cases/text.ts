import { createClip, createTokenizer, packPrefixes, packTokens } from "@tesserae/models";
import { buildVocabulary, mosaiclipPairs } from "@tesserae/negatives";
import { parse } from "@tesserae/scene-graph";
import { seededRng } from "@tesserae/scene-graph/random";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { interleaved, type Variant } from "../interleaved.js";
import { startPyTorch } from "../peers/pytorch-process.js";
import { perfCaptions } from "../perf-captions.js";
import type { PerfCase } from "../perf-case.js";
import { createTextStep, largestDifference } from "../text/text-step.js";

const images = 64;
const positives = 3;
const negatives = 6;
/** CLIP's text tower; the image tower has no part in this. */
const config = {
  embedDim: 512,
  vision: { imageSize: 8, patchSize: 8, width: 8, layers: 1, heads: 1 },
  text: { contextLength: 77, vocabSize: 49_408, width: 512, layers: 12, heads: 8 },
};
/** Padded texts that are timed, drawn evenly from the batch; every one costs the same, so the batch's time follows. */
const paddedSample = 64;
/** Padded texts that go through the tower at once: some 1,200 tokens, as many as of the ragged texts at once. */
const paddedPart = 16;
const raggedParts = 3;

/** Forward and backward of CLIP's text tower on a MosaiCLIP batch: ragged, padded, and PyTorch's. */
export const text: PerfCase = {
  name: "text",
  summary: "CLIP's text tower on a MosaiCLIP batch, ragged beside padded to 77, forward and backward",
  async measure(options, output) {
    const { rounds, threads, captions: file } = options;
    const { reason } = await selectBackend({ backend: "ort", threads });
    const texts = await mosaiclipTexts(file);
    const clip = createClip(config, { rng: seededRng(1) });
    const { contextLength } = config.text;
    const sample = Array.from({ length: paddedSample }, (_, i) => Math.floor((i * texts.length) / paddedSample));
    const whole = { chunks: 1, lengthMultiple: 1, minimumLengths: [contextLength] };
    const padded = createTextStep(
      clip,
      cut(sample, paddedSample / paddedPart).map((part) =>
        packTokens(
          part.map((text) => texts[text]!),
          whole,
        ),
      ),
    );
    const packed = cut(texts, raggedParts).map((part) => packPrefixes(part));
    const ragged = createTextStep(clip, packed);
    const work = { texts: sample.map((text) => [...texts[text]!]), threads };
    const peer = await startPyTorch("text_tower_speed.py", options, work).catch((error: Error) => error);
    const variants: Variant[] = [
      { name: paddedName, run: padded.run },
      { name: raggedName, run: ragged.run },
      ...(peer instanceof Error ? [] : [{ name: peerName, run: async () => void (await peer.step()) }]),
    ];
    output.print(
      `${texts.length} texts; ${variants.length} variants, ${rounds} rounds in turn after one that is not counted`,
    );
    const timings = await interleaved(variants, rounds);
    if (!(peer instanceof Error)) peer.stop();
    const equal = largestDifference(await padded.read(), await ragged.read(sample));
    clip.dispose();

    const scaled = [...timings].map(([name, { median }]): readonly [string, number] => [
      name,
      name === raggedName ? median : (median * texts.length) / paddedSample,
    ]);
    const own = scaled.find(([name]) => name === raggedName)![1];
    const tokens = texts.reduce((sum, { length }) => sum + length, 0);
    const places = packed.reduce((sum, { rows, length }) => sum + rows * length, 0);
    return {
      header: ["variant", "ms for the batch", "ragged is faster by"],
      rows: scaled.map(([name, ms]) => [name, ms.toFixed(0), `${(ms / own).toFixed(2)}x`]),
      notes: [
        `${images} captions of ${file ?? "the synthetic world"}, each with up to ${positives - 1} sub-graphs and ${negatives} negatives: ` +
          `${texts.length} different texts, ${tokens} tokens, ${texts.length * contextLength} padded to ${contextLength}, ` +
          `${places} places with shared beginnings`,
        `padded: ${paddedSample} texts of the batch timed, times ${(texts.length / paddedSample).toFixed(2)}; ragged: the whole batch`,
        `largest difference on these ${paddedSample} texts: embeddings ${equal.embeddings.toExponential(1)}, ` +
          `gradients ${equal.gradients.toExponential(1)} (relative to each variable's largest number, where above 1)`,
        `text tower 12 x 512, 8 heads, 49,408 words; forward and backward of all weights; ${threads} threads; backend ort, ${reason}`,
        peer instanceof Error ? `PyTorch: not measured (${peer.message})` : `PyTorch ${peer.version}`,
      ],
    };
  },
};

const paddedName = "padded to 77";
const raggedName = "shared beginnings (packPrefixes)";
const peerName = "PyTorch, padded to 77";

/** The list in so many parts, in order, of sizes that differ by at most one. */
function cut<T>(list: readonly T[], parts: number): T[][] {
  const bound = (part: number) => Math.floor((part * list.length) / parts);
  return Array.from({ length: parts }, (_, part) => list.slice(bound(part), bound(part + 1)));
}

/** Token ids of the different texts of a batch, captions, sub-graphs and negatives, in alphabetical order. */
async function mosaiclipTexts(file: string | undefined): Promise<Int32Array[]> {
  const corpus = await perfCaptions(file, 5000);
  const tokenizer = createTokenizer({ corpus, vocabSize: 4096 });
  // Files of captions often have the five of an image one after another.
  const graphs = corpus.filter((_, index) => index % 5 === 0).map((caption) => parse(caption));
  const vocabulary = buildVocabulary(graphs);
  const rng = seededRng(0);
  const texts = graphs.slice(0, images).flatMap((graph) => {
    const options = { vocabulary, maxPositives: positives - 1, maxNegatives: negatives };
    const pairs = mosaiclipPairs(graph, options, rng);
    return [graph, ...pairs.positives, ...pairs.negatives].map(({ caption }) => caption);
  });
  return [...new Set(texts)].sort().map((caption) => tokenizer.encode(caption));
}
