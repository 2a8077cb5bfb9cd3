import type { ResolvedClipConfig } from "./clip-config.js";

/** How a variable starts: normal numbers of a standard deviation, or one constant. */
export type Start = { readonly std: number } | { readonly constant: number };

/** One variable of a CLIP: its name in Hugging Face's CLIP checkpoints, its shape there, and how it starts. */
export interface VariableSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: Start;
}

const ones: Start = { constant: 1 };
const zeros: Start = { constant: 0 };

/**
 * Every variable of a CLIP in a fixed order. Linear weights are [outputs, inputs] and the patch embedding is
 * [width, 3, patch, patch], as Hugging Face stores them.
 *
 * Starting values follow OpenAI's CLIP (`initialize_parameters` of its model.py): token embeddings 0.02, text positions 0.01,
 * attention width^-0.5, output projections width^-0.5·(2·layers)^-0.5, first feed-forward layer (2·width)^-0.5, class token and
 * image positions width^-0.5, biases 0. The image tower's blocks use the text tower's scheme (OpenAI leaves PyTorch's
 * defaults there), the patch embedding the inverse square root of its number of inputs.
 */
export function clipLayout(
  config: ResolvedClipConfig,
  imagePositionStd = config.vision.width ** -0.5,
): readonly VariableSpec[] {
  const { embedDim, vision, text } = config;
  const patches = (vision.imageSize / vision.patchSize) ** 2;
  const classTokens = vision.pool === "class" ? 1 : 0;
  const classToken = (name: string): VariableSpec[] =>
    classTokens ? [{ name, shape: [vision.width], start: { std: vision.width ** -0.5 } }] : [];
  return [
    { name: "logit_scale", shape: [], start: { constant: Math.log(1 / 0.07) } },
    ...classToken("vision_model.embeddings.class_embedding"),
    {
      name: "vision_model.embeddings.patch_embedding.weight",
      shape: [vision.width, 3, vision.patchSize, vision.patchSize],
      start: { std: (3 * vision.patchSize ** 2) ** -0.5 },
    },
    {
      name: "vision_model.embeddings.position_embedding.weight",
      shape: [patches + classTokens, vision.width],
      start: { std: imagePositionStd },
    },
    ...layerNorm("vision_model.pre_layrnorm", vision.width), // the missing "e" is Hugging Face's
    ...blocks("vision_model", vision.layers, vision.width, vision.width * vision.mlpRatio),
    ...layerNorm("vision_model.post_layernorm", vision.width),
    { name: "visual_projection.weight", shape: [embedDim, vision.width], start: { std: vision.width ** -0.5 } },
    {
      name: "text_model.embeddings.token_embedding.weight",
      shape: [text.vocabSize, text.width],
      start: { std: 0.02 },
    },
    {
      name: "text_model.embeddings.position_embedding.weight",
      shape: [text.contextLength, text.width],
      start: { std: 0.01 },
    },
    ...blocks("text_model", text.layers, text.width, text.width * text.mlpRatio),
    ...layerNorm("text_model.final_layer_norm", text.width),
    { name: "text_projection.weight", shape: [embedDim, text.width], start: { std: text.width ** -0.5 } },
  ];
}

function blocks(tower: string, layers: number, width: number, hidden: number): VariableSpec[] {
  const attention = width ** -0.5;
  const output = width ** -0.5 * (2 * layers) ** -0.5;
  return Array.from({ length: layers }, (_, layer) => {
    const prefix = `${tower}.encoder.layers.${layer}`;
    return [
      ...layerNorm(`${prefix}.layer_norm1`, width),
      ...["q_proj", "k_proj", "v_proj"].flatMap((name) =>
        linear(`${prefix}.self_attn.${name}`, width, width, attention),
      ),
      ...linear(`${prefix}.self_attn.out_proj`, width, width, output),
      ...layerNorm(`${prefix}.layer_norm2`, width),
      ...linear(`${prefix}.mlp.fc1`, hidden, width, (2 * width) ** -0.5),
      ...linear(`${prefix}.mlp.fc2`, width, hidden, output),
    ];
  }).flat();
}

function linear(name: string, outputs: number, inputs: number, std: number): VariableSpec[] {
  return [
    { name: `${name}.weight`, shape: [outputs, inputs], start: { std } },
    { name: `${name}.bias`, shape: [outputs], start: zeros },
  ];
}

function layerNorm(name: string, width: number): VariableSpec[] {
  return [
    { name: `${name}.weight`, shape: [width], start: ones },
    { name: `${name}.bias`, shape: [width], start: zeros },
  ];
}
