import { z } from "zod";
import { type ClipTowers, type ResolvedClipConfig, resolveClip, type TowerOptions } from "../clip/clip-config.js";
import { numberField } from "../config/fields.js";
import { parseConfig } from "../config/parse-config.js";
import { ModelError } from "../model-error.js";
import { clipMean, clipStd } from "../pixels/preprocess.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";
import { builtInTowers } from "../towers/built-in-towers.js";
import type { AnyTowerFactory } from "../towers/define-tower.js";
import { numberOr } from "../towers/formats/format-fields.js";
import type { ConfigSection, ImageTower, TextTower, TowerKind } from "../towers/tower.js";

/** The `model_type` of models that Hugging Face's CLIPModel has no place for; their configuration is written as it is. */
const ownModelType = "tesserae_clip";

/** A model's configuration and the towers that it describes. */
interface Described {
  readonly config: ResolvedClipConfig;
  readonly towers: ClipTowers;
}

/**
 * The content of `config.json`: that of Hugging Face's CLIPModel where it can hold the model (both towers have a section there, and
 * there is no knowledge encoder), else the configuration itself under the model type "tesserae_clip".
 */
export function toHuggingFaceConfig({ config, towers }: Described, tokenizer: Tokenizer): ConfigSection {
  const { huggingFace: vision } = towers.image.formats;
  const { huggingFace: text } = towers.text.formats;
  if (!vision || !text || config.knowledge) {
    return {
      model_type: ownModelType,
      ...config,
      tower_versions: { vision: towers.image.version, text: towers.text.version },
    };
  }
  const shared = {
    hidden_act: config.activation,
    layer_norm_eps: 1e-5,
    attention_dropout: 0,
    projection_dim: config.embedDim,
  };
  return {
    architectures: ["CLIPModel"],
    model_type: "clip",
    torch_dtype: "float32",
    projection_dim: config.embedDim,
    logit_scale_init_value: 2.6592,
    text_config: {
      model_type: text.modelType,
      ...text.section(),
      ...shared,
      bos_token_id: tokenizer.startId,
      eos_token_id: tokenizer.endId,
      pad_token_id: tokenizer.padId,
    },
    vision_config: { model_type: vision.modelType, ...vision.section(), ...shared },
  };
}

/** The content of `preprocessor_config.json`: CLIP's resizing, centre crop and normalisation. */
export function preprocessorConfig({ vision: { imageSize } }: ResolvedClipConfig): ConfigSection {
  return {
    image_processor_type: "CLIPImageProcessor",
    do_convert_rgb: true,
    do_resize: true,
    size: { shortest_edge: imageSize },
    resample: 3, // bicubic
    do_center_crop: true,
    crop_size: { height: imageSize, width: imageSize },
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: clipMean,
    image_std: clipStd,
  };
}

const rootSchema = z.looseObject({
  model_type: z.unknown(),
  projection_dim: numberOr(512),
  vision_config: z.looseObject({}, "an object"),
  text_config: z.looseObject({}, "an object"),
});

const towerSchema = z.looseObject({ hidden_act: z.string().nullish(), layer_norm_eps: numberField.nullish() });

/**
 * The configuration behind the content of a `config.json`.
 *
 * @throws ModelError naming the field that is missing or not supported.
 */
export function fromHuggingFaceConfig(json: unknown, options: TowerOptions = {}): Described {
  const file = "config.json";
  const { model_type: modelType } = parseConfig(z.looseObject({ model_type: z.unknown() }), json, file);
  if (modelType === ownModelType) return fromOwnConfig(json as ConfigSection, options);
  if (modelType !== "clip") {
    throw new ModelError(`${file}: model_type is ${JSON.stringify(modelType)}; "clip" is expected.`);
  }
  const root = parseConfig(rootSchema, json, file);
  const [vision, text] = [root.vision_config, root.text_config];
  const activation = sharedActivation(vision, text);
  const image = readTower("image", { model_type: "clip_vision_model", ...vision }, `${file}: vision_config`, options);
  const texts = readTower("text", { model_type: "clip_text_model", ...text }, `${file}: text_config`, options);
  return resolveClip({
    embedDim: root.projection_dim,
    activation: activation as ResolvedClipConfig["activation"],
    vision: image as ImageTower,
    text: texts as TextTower,
  });
}

/** The towers of CLIPModel compute with one activation here, and with one epsilon. */
function sharedActivation(vision: ConfigSection, text: ConfigSection): string {
  const activations = Object.entries({ vision_config: vision, text_config: text }).map(([name, section]) => {
    const where = `config.json: ${name}`;
    const { hidden_act: activation, layer_norm_eps: epsilon } = parseConfig(towerSchema, section, where);
    if ((epsilon ?? 1e-5) !== 1e-5) throw new ModelError(`${where}.layer_norm_eps is ${epsilon}; 1e-5 is supported.`);
    return activation ?? "quick_gelu";
  });
  if (activations[0] !== activations[1]) {
    throw new ModelError("config.json: the two towers have different hidden_act, which is not supported.");
  }
  return activations[0]!;
}

function readTower(
  kind: TowerKind,
  section: ConfigSection,
  where: string,
  { towers = [] }: TowerOptions,
): ImageTower | TextTower {
  const known: readonly AnyTowerFactory[] = [...towers, ...builtInTowers];
  const factory = known.find((one) => one.kind === kind && one.huggingFace?.matches(section));
  if (factory) return factory.huggingFace!.read(section, where);
  throw new ModelError(`${where}.model_type is ${JSON.stringify(section.model_type)}, which no ${kind} tower reads.`);
}

function fromOwnConfig(root: ConfigSection, options: TowerOptions): Described {
  const { model_type: _, tower_versions: versions, ...config } = root;
  const described = resolveClip(config as unknown as ResolvedClipConfig, options);
  const saved = (versions ?? {}) as { readonly vision?: unknown; readonly text?: unknown };
  for (const [name, tower] of [
    ["vision", described.towers.image],
    ["text", described.towers.text],
  ] as const) {
    if ((saved[name] ?? tower.version) !== tower.version) {
      throw new ModelError(
        `config.json: the ${name} tower "${tower.name}" was saved in version ${JSON.stringify(saved[name])}; ${JSON.stringify(tower.version)} is here.`,
      );
    }
  }
  return described;
}
