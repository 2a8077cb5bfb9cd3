import type { ParameterSpec } from "../layers/parameter-spec.js";
import { bertParameters } from "../towers/bert.js";
import { clipTextParameters } from "../towers/clip-text.js";
import { gemmaParameters } from "../towers/gemma.js";
import { resNetParameters } from "../towers/resnet.js";
import { swinParameters } from "../towers/swin.js";
import { vitParameters } from "../towers/vit.js";
import type { ResolvedClipConfig } from "./clip-config.js";

/**
 * Every variable of a CLIP in a fixed order: the logit scale (it starts at ln(1/0.07)), the image tower, the text tower and the
 * text's projection. Towers name their variables as their reference does, after `vision_model.` and `text_model.`.
 */
export function clipParameters(config: ResolvedClipConfig, imagePositionStd?: number): readonly ParameterSpec[] {
  const { embedDim, text } = config;
  return [
    { name: "logit_scale", shape: [], init: { constant: Math.log(1 / 0.07) } },
    ...imageParameters(config, imagePositionStd),
    ...textParameters(config),
    { name: "text_projection.weight", shape: [embedDim, text.width], init: { std: text.width ** -0.5 } },
  ];
}

function imageParameters({ vision, embedDim }: ResolvedClipConfig, positionStd?: number): readonly ParameterSpec[] {
  switch (vision.type) {
    case "vit":
      return vitParameters(vision, embedDim, positionStd);
    case "resnet":
      return resNetParameters(vision, embedDim);
    case "swin":
      return swinParameters(vision, embedDim);
  }
}

function textParameters({ text }: ResolvedClipConfig): readonly ParameterSpec[] {
  switch (text.type) {
    case "clip":
      return clipTextParameters(text);
    case "bert":
      return bertParameters(text);
    case "gemma":
      return gemmaParameters(text);
  }
}
