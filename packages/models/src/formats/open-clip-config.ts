import { z } from "zod";
import { type ClipTowers, type ResolvedClipConfig, resolveClip, type TowerOptions } from "../clip/clip-config.js";
import { numberField } from "../config/fields.js";
import { parseConfig } from "../config/parse-config.js";
import { ModelError } from "../model-error.js";
import { clipMean, clipStd } from "../pixels/preprocess.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";
import { builtInTowers } from "../towers/built-in-towers.js";
import type { AnyTowerFactory } from "../towers/define-tower.js";
import type { ConfigSection, ImageTower, TextTower, Tower, TowerKind } from "../towers/tower.js";

const openAiVocabulary = 49_408;

interface Described {
  readonly config: ResolvedClipConfig;
  readonly towers: ClipTowers;
}

/**
 * The content of `open_clip_config.json`.
 *
 * @throws ModelError when open_clip has no such model: mean pooling without a class token, BERT and Gemma towers, Swin
 *   transformers other than Swin-Tiny, a knowledge encoder.
 */
export function toOpenClipConfig({ config, towers }: Described, tokenizer: Tokenizer): ConfigSection {
  if (config.knowledge) throw unsupported("a knowledge encoder");
  return {
    model_cfg: {
      embed_dim: config.embedDim,
      quick_gelu: config.activation === "quick_gelu",
      vision_cfg: openClipFormat(towers.image).section(),
      text_cfg: {
        ...openClipFormat(towers.text).section(),
        // open_clip carries OpenAI's vocabulary; any other is read from the folder, which a name here makes it do.
        ...(tokenizer.vocabSize === openAiVocabulary ? {} : { hf_tokenizer_name: "." }),
      },
    },
    preprocess_cfg: { mean: clipMean, std: clipStd, interpolation: "bicubic", resize_mode: "shortest" },
  };
}

/** How open_clip's files hold a tower. @throws ModelError when they have no place for it */
export function openClipFormat({ name, kind, formats }: Tower) {
  if (formats.openClip) return formats.openClip;
  throw unsupported(`${/^[aeiou]/.test(kind) ? "an" : "a"} "${name}" ${kind} tower`);
}

function unsupported(what: string): ModelError {
  return new ModelError(`open_clip has no place for ${what}; write the model in the "hf" format.`);
}

const schema = z.looseObject({
  model_cfg: z.looseObject(
    {
      embed_dim: numberField,
      quick_gelu: z.unknown(),
      vision_cfg: z.looseObject({}, "an object"),
      text_cfg: z.looseObject({}, "an object"),
    },
    "an object",
  ),
});

/**
 * The configuration behind the content of an `open_clip_config.json`; fields left out have open_clip's defaults.
 *
 * @throws ModelError naming the field that is missing or not supported.
 */
export function fromOpenClipConfig(json: unknown, options: TowerOptions = {}): Described {
  const file = "open_clip_config.json";
  const { model_cfg: model } = parseConfig(schema, json, file);
  return resolveClip({
    embedDim: model.embed_dim,
    activation: model.quick_gelu === true ? "quick_gelu" : "gelu",
    vision: readTower("image", model.vision_cfg, `${file}: vision_cfg`, options) as ImageTower,
    text: readTower("text", model.text_cfg, `${file}: text_cfg`, options) as TextTower,
  });
}

function readTower(kind: TowerKind, section: ConfigSection, where: string, { towers = [] }: TowerOptions): Tower {
  const known: readonly AnyTowerFactory[] = [...towers, ...builtInTowers];
  const factory = known.find((one) => one.kind === kind && one.openClip?.matches(section));
  if (factory) return factory.openClip!.read(section, where);
  throw new ModelError(`${where} is ${JSON.stringify(section)}, which no ${kind} tower reads.`);
}
