import { choice, type Policy, retrieval, strictPolicy } from "@tesserae/benchmarks";

const meanOfGroups: Policy = { name: "mean of groups", ties: "positive-must-win", averaging: "macro" };

/** Retrieval among the held-out images and all of their captions: the measure of validation, whatever is trained. */
export const validationRetrieval = {
  name: "validation-retrieval",
  version: "1",
  family: retrieval,
  policy: strictPolicy,
  headline: "textToImage@1",
  split: "validation",
  citation: "Karpathy & Fei-Fei 2015, protocol of COCO retrieval",
  licence: "that of the data",
} as const;

/** A task of the synthetic world that chooses between captions, on development scenes; the mean over groups. */
export function validationTask(name: string) {
  return {
    name: `validation-${name}`,
    version: "1",
    family: choice,
    policy: meanOfGroups,
    headline: "accuracy",
    split: "development",
    citation: "Tesserae's synthetic world",
    licence: "MIT",
  } as const;
}
