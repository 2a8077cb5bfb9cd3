/** How a variable starts: normal numbers of a standard deviation, or one constant. */
export type Start = { readonly std: number } | { readonly constant: number };

/** One variable of a model: its name in checkpoints, its shape there, and how it starts. */
export interface VariableSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: Start;
  /** No optimizer changes it: running statistics, and the frozen part of a pre-trained tower. Default false. */
  readonly frozen?: boolean;
}

export const ones: Start = { constant: 1 };
export const zeros: Start = { constant: 0 };

/** Weight [outputs, inputs] and bias [outputs] of a linear layer. */
export function linearSpec(name: string, outputs: number, inputs: number, std: number): VariableSpec[] {
  return [
    { name: `${name}.weight`, shape: [outputs, inputs], start: { std } },
    { name: `${name}.bias`, shape: [outputs], start: zeros },
  ];
}

/** Gain and bias of a layer normalisation. */
export function layerNormSpec(name: string, width: number): VariableSpec[] {
  return [
    { name: `${name}.weight`, shape: [width], start: ones },
    { name: `${name}.bias`, shape: [width], start: zeros },
  ];
}

/**
 * The variables of `transformer`'s blocks. Starting values follow OpenAI's CLIP (`initialize_parameters` of its model.py):
 * attention width^-0.5, output projections width^-0.5·(2·layers)^-0.5, first feed-forward layer (2·width)^-0.5, biases 0.
 */
export function transformerSpecs(tower: string, layers: number, width: number, hidden: number): VariableSpec[] {
  const attention = width ** -0.5;
  const output = width ** -0.5 * (2 * layers) ** -0.5;
  return Array.from({ length: layers }, (_, layer) => {
    const prefix = `${tower}.encoder.layers.${layer}`;
    return [
      ...layerNormSpec(`${prefix}.layer_norm1`, width),
      ...["q_proj", "k_proj", "v_proj"].flatMap((name) =>
        linearSpec(`${prefix}.self_attn.${name}`, width, width, attention),
      ),
      ...linearSpec(`${prefix}.self_attn.out_proj`, width, width, output),
      ...layerNormSpec(`${prefix}.layer_norm2`, width),
      ...linearSpec(`${prefix}.mlp.fc1`, hidden, width, (2 * width) ** -0.5),
      ...linearSpec(`${prefix}.mlp.fc2`, width, hidden, output),
    ];
  }).flat();
}
