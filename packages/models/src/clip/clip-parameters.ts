import type { VariableSpec } from "../layers/parameter-spec.js";
import { bertLayout } from "../towers/bert.js";
import { clipTextLayout } from "../towers/clip-text.js";
import { gemmaLayout } from "../towers/gemma.js";
import { resNetLayout } from "../towers/resnet.js";
import { swinLayout } from "../towers/swin.js";
import { vitLayout } from "../towers/vit.js";
import type { ResolvedClipConfig } from "./clip-config.js";

/**
 * Every variable of a CLIP in a fixed order: the logit scale (it starts at ln(1/0.07)), the image tower, the text tower and the
 * text's projection. Towers name their variables as their reference does, after `vision_model.` and `text_model.`.
 */
export function clipLayout(config: ResolvedClipConfig, imagePositionStd?: number): readonly VariableSpec[] {
  const { embedDim, text } = config;
  return [
    { name: "logit_scale", shape: [], start: { constant: Math.log(1 / 0.07) } },
    ...imageLayout(config, imagePositionStd),
    ...textLayout(config),
    { name: "text_projection.weight", shape: [embedDim, text.width], start: { std: text.width ** -0.5 } },
  ];
}

function imageLayout({ vision, embedDim }: ResolvedClipConfig, positionStd?: number): readonly VariableSpec[] {
  switch (vision.type) {
    case "vit":
      return vitLayout(vision, embedDim, positionStd);
    case "resnet":
      return resNetLayout(vision, embedDim);
    case "swin":
      return swinLayout(vision, embedDim);
  }
}

function textLayout({ text }: ResolvedClipConfig): readonly VariableSpec[] {
  switch (text.type) {
    case "clip":
      return clipTextLayout(text);
    case "bert":
      return bertLayout(text);
    case "gemma":
      return gemmaLayout(text);
  }
}
