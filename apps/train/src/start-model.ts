import {
  type ClipConfig,
  createClip,
  createTokenizer,
  freeze,
  inTower,
  type LoadedClip,
  loadClip,
} from "@tesserae/models";
import type { TrainConfig } from "./config.js";
import { createRng } from "./rng.js";

/**
 * The model and the tokenizer that a run goes on with: those of its checkpoint when it is resumed, else the pre-trained ones that
 * the configuration names, else fresh ones; what the configuration locks is frozen.
 *
 * @param captions what a fresh tokenizer is trained on
 */
export async function startModel(
  config: TrainConfig,
  captions: readonly string[],
  resumed: LoadedClip | undefined,
): Promise<LoadedClip> {
  const start =
    resumed ?? (config.pretrained === undefined ? fresh(config, captions) : await loadClip(config.pretrained));
  if (config.lockImage) freeze(start.clip, inTower("image"));
  if (config.lockText) freeze(start.clip, inTower("text"));
  return start;
}

function fresh(config: TrainConfig, captions: readonly string[]): LoadedClip {
  const tokenizer = createTokenizer({ corpus: captions, ...config.model.text });
  const { text, vision, ...rest } = config.model;
  const model: ClipConfig = { ...rest, vision, text: { ...text, vocabSize: tokenizer.vocabSize } };
  return { tokenizer, clip: createClip(model, { ...config, rng: createRng(config.seed, "weights") }) };
}
