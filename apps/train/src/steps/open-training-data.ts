import type { Dataset } from "@tesserae/data";
import { type CaptionGraphs, captionGraphs } from "../data/caption-graphs.js";
import { openData, type TrainingData } from "../data/open-data.js";
import type { CommonFlags } from "../recipe/common-flags.js";
import { readNeighbours } from "./embed.js";
import { readRecaptions } from "./recaption.js";
import type { Artefacts } from "./step.js";

/** The data of a training with what earlier steps made of it, and the graphs of its captions. */
export interface OpenedTrainingData {
  readonly data: TrainingData;
  readonly graphOf: CaptionGraphs;
}

/**
 * Opens what a training reads: the same in the main thread and in the threads that make its batches.
 *
 * @param run folder of the run, which artefacts are relative to
 * @throws DataError or TrainError where the data can't be opened
 */
export async function openTrainingData(
  flags: CommonFlags,
  artefacts: Artefacts,
  run: string,
): Promise<OpenedTrainingData> {
  const data = await withArtefacts(await openData(flags), artefacts, run);
  return { data, graphOf: captionGraphs({ kind: flags.graphs, prepared: data.prepared }) };
}

/** The data with what earlier steps made of it. */
async function withArtefacts(
  data: TrainingData,
  { captions, neighbours }: Artefacts,
  run: string,
): Promise<TrainingData> {
  const recaptioned = async (dataset: Dataset) => (captions ? readRecaptions(dataset, run, captions) : dataset);
  const train = await recaptioned(data.train);
  return {
    ...data,
    train: neighbours ? await readNeighbours(train, run, neighbours) : train,
    validation: await recaptioned(data.validation),
  };
}
