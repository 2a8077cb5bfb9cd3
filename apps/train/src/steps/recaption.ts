import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Recaptioner } from "@tesserae/augment";
import type { Dataset, Sample } from "@tesserae/data";
import { parse } from "@tesserae/scene-graph";
import { writeFileAtomic } from "@tesserae/shared";
import { openData } from "../data/open-data.js";
import { hearSignals } from "../run/interruption.js";
import { TrainError } from "../train-error.js";
import { namedRecaptioner } from "./named-recaptioner.js";
import type { Step, StepContext, StepResult } from "./step.js";

/** Options of {@link recaption}. */
export interface RecaptionOptions {
  /**
   * Who writes the captions: a recaptioner (over HTTP, local, from gold graphs), or "joined": all captions of an image as the sentences
   * of one. Default "joined".
   */
  readonly by?: Recaptioner | "joined";
  /** Images in one request. Default 64. */
  readonly batchSize?: number;
}

interface CaptionFile {
  readonly captions: Readonly<Record<string, string>>;
}

/** Writes every training image a new caption (Semantic Guidance, Stone et al. 2024): long ones, that sentences can be sampled from. */
export function recaption({ by = "joined", batchSize = 64 }: RecaptionOptions = {}): Step {
  const writer = by === "joined" ? namedRecaptioner(by) : by;
  return {
    name: "recaption",
    version: "1",
    options: { by: { name: writer.name, version: writer.version }, batchSize },
    plan: async () => ({ lines: [`recaption: by ${writer.name} ${writer.version}`], missing: [] }),
    run: (context) => writeCaptions(context, writer, batchSize),
  };
}

async function writeCaptions(context: StepContext, writer: Recaptioner, batchSize: number): Promise<StepResult> {
  const { flags, folder, run, progress, signal } = context;
  const { train, validation } = await openData(flags);
  await context.confirm("data", [train.revision, validation.revision]);
  const file = join(folder, "captions.json");
  const samples = [...train.samples, ...validation.samples];
  const { captions, problems, words } = await recaptionSamples(samples, writer, { file, batchSize, signal });
  progress.note(describeRecaptions({ captions, problems, words }));
  const count = Object.keys(captions).length;
  return { artefacts: { captions: relative(run, file) }, record: { captions: count, words, problems } };
}

/** New captions by image, why others have none, and the mean number of words. */
export interface Recaptions {
  readonly captions: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
  readonly words: number;
}

/**
 * Asks for new captions and keeps them in `file` as they come: what was paid for is not asked for again.
 *
 * @throws TrainError where not one was written
 */
export async function recaptionSamples(
  samples: readonly Sample[],
  writer: Recaptioner,
  {
    file,
    batchSize = 64,
    signal,
  }: { readonly file: string; readonly batchSize?: number; readonly signal?: AbortSignal },
): Promise<Recaptions> {
  const known = await readFile(file, "utf8").catch(() => undefined);
  const captions: Record<string, string> =
    known === undefined ? {} : { ...(JSON.parse(known) as CaptionFile).captions };
  const problems: string[] = [];
  const missing = samples.filter(({ image }) => captions[image] === undefined);
  for (let start = 0; start < missing.length; start += batchSize) {
    if (signal)
      await hearSignals(signal, `recaption: stopped; ${samples.length - missing.length + start} captions are kept`);
    const part = missing.slice(start, start + batchSize);
    const answers = await writer.recaption(part.map(requestOf), signal ? { signal } : {});
    for (const [index, answer] of answers.entries()) {
      if ("caption" in answer) captions[part[index]!.image] = answer.caption;
      else problems.push(answer.problem);
    }
    await writeFileAtomic(file, `${JSON.stringify({ captions } satisfies CaptionFile)}\n`);
  }
  await writer.dispose?.();
  const words = Object.values(captions).map((caption) => caption.split(/\s+/).length);
  if (words.length === 0)
    throw new TrainError(`recaption: ${writer.name} wrote no caption; the first problem: ${problems[0]}`);
  return { captions, problems, words: words.reduce((sum, count) => sum + count, 0) / words.length };
}

/** One line on what was written. */
export function describeRecaptions({ captions, problems, words }: Recaptions): string {
  const failed = problems.length > 0 ? `; ${problems.length} images keep theirs, the first: ${problems[0]}` : "";
  return `recaption: ${Object.keys(captions).length} captions of ${words.toFixed(1)} words on average${failed}`;
}

function requestOf({ image, captions, graph, graphs }: Sample) {
  const gold = graphs?.at(-1) ?? graph;
  return { image, altText: captions.join("\n"), ...(gold ? { graph: gold } : {}) };
}

/** The data with the captions that `recaption` wrote; images without one keep theirs. */
export async function readRecaptions(dataset: Dataset, run: string, file: string): Promise<Dataset> {
  const { captions } = JSON.parse(await readFile(join(run, file), "utf8")) as CaptionFile;
  return {
    ...dataset,
    revision: `${dataset.revision}/recaptioned`,
    samples: dataset.samples.map((sample) => {
      const caption = captions[sample.image];
      if (caption === undefined) return sample;
      const { graph: _, graphs: __, negativeCaptions: ___, ...rest } = sample;
      return { ...rest, captions: [caption], graph: parse(caption) };
    }),
  };
}
