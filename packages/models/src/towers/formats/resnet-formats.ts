import { z } from "zod";
import { parseConfig } from "../../config/parse-config.js";
import type { ConfigSection } from "../tower.js";
import { numberOr, rejectUnsupported } from "./format-fields.js";

interface ResNetOptions {
  readonly imageSize: number;
  readonly width: number;
  readonly layers: readonly number[];
  readonly heads: number;
}

const section = z.object({
  image_size: numberOr(224),
  width: numberOr(64),
  head_width: numberOr(64),
  layers: z.custom<[number, number, number, number]>(), // checked with the tower's own options
});

/** A ResNet as open_clip's ModifiedResNet; its attention pooling is the projection. */
export const resNetInOpenClip = {
  matches: ({ layers }: ConfigSection) => Array.isArray(layers),
  read(from: ConfigSection, where: string) {
    rejectUnsupported(from, where, [...Object.keys(section.shape), "patch_size"], { pool_type: "tok" });
    const found = parseConfig(section, from, where);
    return {
      imageSize: found.image_size,
      width: found.width,
      layers: found.layers,
      heads: (found.width * 32) / found.head_width,
    };
  },
  write: ({ imageSize, width, layers, heads }: ResNetOptions): ConfigSection => ({
    image_size: imageSize,
    width,
    layers,
    head_width: (width * 32) / heads,
  }),
  tensor: (parameter: string) => ({ name: `visual.${parameter}` }),
  projection: { name: "visual.attnpool.c_proj.weight" },
};
