import { z } from "zod";
import { parseConfig } from "../../config/parse-config.js";
import { ModelError } from "../../model-error.js";
import type { ConfigSection } from "../tower.js";
import { numberOr, rejectUnsupported } from "./format-fields.js";

interface SwinOptions {
  readonly imageSize: number;
  readonly patchSize: number;
  readonly width: number;
  readonly layers: readonly number[];
  readonly heads: readonly number[];
  readonly windowSize: number;
  readonly mlpRatio: number;
}

const tinyName = "swin_tiny_patch4_window7_224";

const tiny: SwinOptions = {
  imageSize: 224,
  patchSize: 4,
  width: 96,
  layers: [2, 2, 6, 2],
  heads: [3, 6, 12, 24],
  windowSize: 7,
  mlpRatio: 4,
};

const timmFields = ["timm_model_pretrained", "timm_pool", "timm_proj", "timm_drop", "timm_drop_path"];

const section = z.object({ image_size: numberOr(224), timm_model_name: z.string() });

/** Swin-Tiny as open_clip takes it from timm. */
export const swinInOpenClip = {
  matches: ({ timm_model_name: name }: ConfigSection) => name !== undefined,
  read(from: ConfigSection, where: string) {
    rejectUnsupported(from, where, [...Object.keys(section.shape), ...timmFields], { pool_type: "tok" });
    if (from.timm_model_name !== tinyName || (from.timm_pool ?? "avg") !== "avg") {
      throw new ModelError(
        `${where}.timm_model_name is ${JSON.stringify(from.timm_model_name)}; of timm's models, ${tinyName} with timm_pool "avg" is supported.`,
      );
    }
    return { imageSize: parseConfig(section, from, where).image_size };
  },
  write(options: SwinOptions): ConfigSection {
    if (Object.entries(tiny).some(([field, value]) => String(options[field as keyof SwinOptions]) !== String(value))) {
      throw new ModelError(
        'open_clip has no place for a Swin transformer of another size than Swin-Tiny; write the model in the "hf" format.',
      );
    }
    return { image_size: options.imageSize, timm_model_name: tinyName, timm_pool: "avg", timm_proj: "linear" };
  },
  tensor: (parameter: string) => ({ name: `visual.trunk.${parameter}` }),
  projection: { name: "visual.head.proj.weight" },
};
