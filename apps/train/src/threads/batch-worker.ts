import { parentPort, workerData } from "node:worker_threads";
import { loadTokenizer } from "@tesserae/models";
import type { MiningReport } from "@tesserae/negatives";
import { createImageStore } from "../data/image-store.js";
import { createStopwatch } from "../loop/stopwatch.js";
import { loadRecipe } from "../recipe/load-recipe.js";
import { openTrainingData } from "../steps/open-training-data.js";
import { isTrainStep } from "../steps/train-options.js";
import { trainingSource } from "../steps/training-source.js";
import { TrainError } from "../train-error.js";
import type { BatchAnswer, BatchMessage, BatchThreadSetup, StoredTokenizer } from "./batch-messages.js";

/** A thread of a training: reads images, parses, mines and tokenises the texts of the step that it is asked for. */
const setup = workerData as BatchThreadSetup;
let opened: ReturnType<typeof open> | undefined;

async function open() {
  const { request, artefacts, run, imageSize, cacheBytes, vocabulary, packing, steps } = setup;
  const recipe = await loadRecipe(request);
  const step = recipe.steps.find(({ name }) => name === setup.step);
  if (step === undefined || !isTrainStep(step)) {
    throw new TrainError(`${request.recipe}: has no step "${setup.step}" that trains, loaded for the second time`);
  }
  const flags = step.flagsOf(recipe.flags);
  const { data, graphOf } = await openTrainingData(flags, artefacts, run);
  const images = createImageStore(data.train, imageSize, { cropScale: flags.cropScale, maxBytes: cacheBytes });
  const stopwatch = createStopwatch();
  let reports: MiningReport[] = [];
  const source = trainingSource({
    flags,
    dataset: data.train,
    images,
    graphOf,
    objective: step.objective,
    stages: step.stages,
    steps,
    stopwatch,
    context: {
      vocabulary,
      tokenizer: tokenizerOf(setup.tokenizer),
      phraseTokenizer: tokenizerOf(setup.phraseTokenizer),
      packing,
      report: (report) => void reports.push(report),
    },
  });
  return async (step: number): Promise<BatchAnswer> => {
    reports = [];
    const batch = await source.batch(step);
    return { made: { batch, unreadable: [...images.unreadable], reports, seconds: stopwatch.lap() } };
  };
}

const tokenizerOf = ({ json, contextLength }: StoredTokenizer) => loadTokenizer(json, { contextLength });

async function answer({ step }: BatchMessage): Promise<BatchAnswer> {
  try {
    opened ??= open();
    const make = await opened;
    return step === undefined ? { opened: true } : await make(step);
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    return { error: { name, message, stack } };
  }
}

parentPort!.on("message", async (message: BatchMessage) => parentPort!.postMessage(await answer(message)));
