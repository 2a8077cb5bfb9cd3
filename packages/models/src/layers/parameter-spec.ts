/** How a parameter starts: normal numbers of a standard deviation, or one constant. */
export type Initializer = { readonly std: number } | { readonly constant: number };

/** One parameter of a model: its name in checkpoints, its shape there, and how it starts. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly init: Initializer;
  /** No optimizer changes it: running statistics, and the frozen part of a pre-trained tower. Default false. */
  readonly frozen?: boolean;
  /** The weight [outputs, inputs] of a linear layer, which low-rank adapters can be put on. Default false. */
  readonly linear?: boolean;
}

export const ones: Initializer = { constant: 1 };
export const zeros: Initializer = { constant: 0 };

/** Weight [outputs, inputs] and bias [outputs] of a linear layer. */
export function linearParameters(name: string, outputs: number, inputs: number, std: number): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [outputs, inputs], init: { std }, linear: true },
    { name: `${name}.bias`, shape: [outputs], init: zeros },
  ];
}

/** Gain and bias of a layer normalisation. */
export function layerNormParameters(name: string, width: number): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [width], init: ones },
    { name: `${name}.bias`, shape: [width], init: zeros },
  ];
}

/**
 * The parameters of `transformer`'s blocks. Starting values follow OpenAI's CLIP (`initialize_parameters` of its model.py):
 * attention width^-0.5, output projections width^-0.5·(2·layers)^-0.5, first feed-forward layer (2·width)^-0.5, biases 0.
 */
export function transformerParameters(layers: number, width: number, hidden: number): ParameterSpec[] {
  const attention = width ** -0.5;
  const output = width ** -0.5 * (2 * layers) ** -0.5;
  return transformerBlocks(layers).flatMap((prefix) => [
    ...layerNormParameters(`${prefix}.layer_norm1`, width),
    ...["q_proj", "k_proj", "v_proj"].flatMap((name) =>
      linearParameters(`${prefix}.self_attn.${name}`, width, width, attention),
    ),
    ...linearParameters(`${prefix}.self_attn.out_proj`, width, width, output),
    ...layerNormParameters(`${prefix}.layer_norm2`, width),
    ...linearParameters(`${prefix}.mlp.fc1`, hidden, width, (2 * width) ** -0.5),
    ...linearParameters(`${prefix}.mlp.fc2`, width, hidden, output),
  ]);
}

/** The names of `transformer`'s blocks. */
export function transformerBlocks(layers: number): string[] {
  return Array.from({ length: layers }, (_, layer) => `encoder.layers.${layer}`);
}
