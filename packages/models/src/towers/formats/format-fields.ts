import { numberField, type TransformerSizes } from "../../config/fields.js";
import { fieldAt } from "../../config/parse-config.js";
import { ModelError } from "../../model-error.js";
import type { ConfigSection } from "../tower.js";

/** A number of another library's configuration; left out or null, its default there. */
export function numberOr(fallback: number) {
  return numberField.nullish().transform((value) => value ?? fallback);
}

/** A field that may be left out, but not differ. @throws ModelError naming what was found */
export function expectField(section: ConfigSection, where: string, field: string, expected: string | number): void {
  const found = section[field] ?? expected;
  if (found === expected) return;
  throw new ModelError(
    `${fieldAt(where, field)} is ${JSON.stringify(found)}; ${JSON.stringify(expected)} is expected.`,
  );
}

/** Fields of open_clip that change nothing about the weights or the forward pass. */
const harmless = [
  "patch_dropout",
  "output_tokens",
  "hf_tokenizer_name",
  "tokenizer_kwargs",
  "tokenizer_mode",
  "pad_id",
];

/**
 * Refuses fields that would change the model; those set to nothing (null, false) do not.
 *
 * @param read the fields that are read.
 * @param usual fields that may stand there with the one value that is supported.
 * @throws ModelError naming the field
 */
export function rejectUnsupported(
  section: ConfigSection,
  where: string,
  read: readonly string[],
  usual: ConfigSection = {},
): void {
  const supported: ConfigSection = { pos_embed_type: "learnable", ...usual };
  const strange = Object.entries(section).find(
    ([field, value]) =>
      ![...read, ...harmless].includes(field) && value !== null && value !== false && value !== supported[field],
  );
  if (strange) {
    throw new ModelError(`${fieldAt(where, strange[0])} is ${JSON.stringify(strange[1])}, which is not supported.`);
  }
}

const renames: readonly (readonly [string, string])[] = [
  ["encoder.layers", "transformer.resblocks"],
  ["self_attn.out_proj", "attn.out_proj"],
  ["layer_norm1", "ln_1"],
  ["layer_norm2", "ln_2"],
  ["mlp.fc1", "mlp.c_fc"],
  ["mlp.fc2", "mlp.c_proj"],
  ["pre_layrnorm", "ln_pre"],
  ["post_layernorm", "ln_post"],
  ["final_layer_norm", "ln_final"],
];

/** open_clip's name of a parameter of `transformer` or of the normalisations around it. */
export function openClipName(parameter: string): string {
  return renames.reduce((text, [ours, theirs]) => text.replace(ours, theirs), parameter);
}

/** Hugging Face's fields of a transformer's sizes, where none may be left out. */
export const sizeFields = {
  hidden_size: numberField,
  num_hidden_layers: numberField,
  num_attention_heads: numberField,
  intermediate_size: numberField,
};

type HuggingFaceSizes = Readonly<Record<keyof typeof sizeFields, number>>;

/** A transformer's sizes from Hugging Face's fields. */
export const sizesOf = (found: HuggingFaceSizes): TransformerSizes => ({
  width: found.hidden_size,
  layers: found.num_hidden_layers,
  heads: found.num_attention_heads,
  mlpRatio: found.intermediate_size / found.hidden_size,
});

/** A transformer's sizes as Hugging Face's fields. */
export const huggingFaceSizes = ({ width, layers, heads, mlpRatio }: TransformerSizes): HuggingFaceSizes => ({
  hidden_size: width,
  intermediate_size: width * mlpRatio,
  num_hidden_layers: layers,
  num_attention_heads: heads,
});
