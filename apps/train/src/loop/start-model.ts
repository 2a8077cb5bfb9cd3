import * as tf from "@tensorflow/tfjs-core";
import {
  addLora,
  type ClipConfig,
  createClip,
  createTokenizer,
  freeze,
  inTower,
  type LoadedClip,
  type LoraClip,
  loadClip,
} from "@tesserae/models";
import type { TrainConfig } from "../recipe/common-flags.js";
import { seededRng } from "@tesserae/scene-graph/random";
import type { Resumed } from "../run/run-folder.js";

/**
 * The model and the tokenizer that a run goes on with: those of its checkpoint when it is resumed, else the pre-trained ones that
 * the configuration names, else fresh ones; what the configuration locks is frozen. With `lora`, adapters are put on the model that
 * the run began with, which a resumed run makes or loads anew.
 *
 * @param captions what a fresh tokenizer is trained on
 */
export async function startModel(
  config: TrainConfig,
  captions: readonly string[],
  resumed: Resumed | undefined,
): Promise<LoadedClip> {
  const { lora, lockImage, lockText } = config;
  const { clip: start, tokenizer } = resumed && !lora ? resumed : await begin(config, captions);
  const adapted = lora && addLora(start, { ...lora, rng: seededRng(config.seed, "lora") });
  if (adapted && resumed) restoreAdapters(adapted, resumed);
  const clip = adapted ?? start;
  if (lockImage) freeze(clip, inTower("image"));
  if (lockText) freeze(clip, inTower("text"));
  return { clip, tokenizer };
}

async function begin(config: TrainConfig, captions: readonly string[]): Promise<LoadedClip> {
  if (config.pretrained !== undefined) return loadClip(config.pretrained);
  const tokenizer = createTokenizer({ corpus: captions, ...config.model.text });
  const { text, vision, ...rest } = config.model;
  const model: ClipConfig = { ...rest, vision, text: { ...text, vocabSize: tokenizer.vocabSize } };
  return { tokenizer, clip: createClip(model, { ...config, rng: seededRng(config.seed, "weights") }) };
}

/** Takes the adapters as they were; the merged model is not needed then. */
function restoreAdapters({ adapters }: LoraClip, resumed: Resumed): void {
  for (const [name, adapter] of adapters) {
    const { data, shape } = resumed.adapters!.get(name)!;
    tf.tidy(() => adapter.assign(tf.tensor(data, [...shape])));
  }
  resumed.clip.dispose();
}
