import { existsSync } from "node:fs";
import type { CommonFlags } from "../recipe/common-flags.js";
import { regionsMissing } from "../regions/open-region-data.js";
import type { StepPlan } from "./step.js";
import type { TrainRegionsOptions } from "./train-regions-options.js";

/** What training on regions would do, and what is missing for it. */
export async function planRegions(
  { epochs, steps, batchSize, lr, pretrained }: CommonFlags,
  { name, pairs, data, multiPositive }: TrainRegionsOptions,
): Promise<StepPlan> {
  const length = steps === undefined ? `${epochs} epochs` : `${steps} steps`;
  const what = pairs === "image" ? "whole images with whole texts" : "the assigned regions and whole images";
  return {
    lines: [
      `${name}: ${what}, ${length} of ${batchSize} images, lr ${lr}`,
      `${name}: equal texts of a batch ${multiPositive ? "count as right for a region" : "are negatives of each other"}; starts from ${pretrained ?? "random weights"}`,
    ],
    missing: regionsMissing(data),
    fetched: pretrained === undefined || existsSync(pretrained) ? [] : [fetched(pretrained)],
  };
}

function fetched(pretrained: string): string {
  return `pretrained ${pretrained}: not here; it is fetched from the hub by that name, or give a folder (--set pretrained=<folder>)`;
}
