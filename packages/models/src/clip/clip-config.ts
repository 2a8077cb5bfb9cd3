import { checkFields, objectAt, oneOf, positiveInteger } from "../check-config.js";
import type { Activation } from "../layers/activation.js";
import { type BertConfig, resolveBert } from "../towers/bert.js";
import { type ClipTextConfig, resolveClipText } from "../towers/clip-text.js";
import { type GemmaConfig, resolveGemma } from "../towers/gemma.js";
import { type ResNetConfig, resolveResNet } from "../towers/resnet.js";
import { resolveSwin, type SwinConfig } from "../towers/swin.js";
import { resolveVit, type VitConfig } from "../towers/vit.js";

/** Image tower, told apart by `type`; without one, a vision transformer. */
export type VisionConfig = VitConfig | ResNetConfig | SwinConfig;

/** Text tower, told apart by `type`; without one, CLIP's causal transformer. */
export type TextConfig = ClipTextConfig | BertConfig | GemmaConfig;

/** A CLIP of any two towers. */
export interface ClipConfig {
  /** Width of the shared embedding space. */
  readonly embedDim: number;
  readonly vision: VisionConfig;
  readonly text: TextConfig;
  /** Of the vision transformer and of CLIP's text tower. Default "quick_gelu", as in OpenAI's CLIP; it is stored in checkpoints. */
  readonly activation?: Activation;
}

/** A configuration with its defaults filled in. */
export interface ResolvedClipConfig {
  readonly embedDim: number;
  readonly vision: Required<VitConfig> | Required<ResNetConfig> | Required<SwinConfig>;
  readonly text: Required<ClipTextConfig> | Required<BertConfig> | Required<GemmaConfig>;
  readonly activation: Activation;
}

/**
 * Fills in the defaults and checks every field.
 *
 * @throws ModelError naming the field that is wrong or unknown.
 */
export function resolveClipConfig(config: ClipConfig): ResolvedClipConfig {
  checkFields("config", config, ["embedDim", "vision", "text", "activation"]);
  const { embedDim, vision, text, activation = "quick_gelu" } = config;
  positiveInteger("embedDim", embedDim);
  oneOf("activation", activation, ["gelu", "quick_gelu"]);
  return { embedDim, vision: resolveVision(vision), text: resolveText(text), activation };
}

function resolveVision(config: VisionConfig): ResolvedClipConfig["vision"] {
  objectAt("vision", config);
  oneOf("vision.type", config.type ?? "vit", ["vit", "resnet", "swin"]);
  if (config.type === "resnet") return resolveResNet(config);
  if (config.type === "swin") return resolveSwin(config);
  return resolveVit(config);
}

function resolveText(config: TextConfig): ResolvedClipConfig["text"] {
  objectAt("text", config);
  oneOf("text.type", config.type ?? "clip", ["clip", "bert", "gemma"]);
  if (config.type === "bert") return resolveBert(config);
  if (config.type === "gemma") return resolveGemma(config);
  return resolveClipText(config);
}
