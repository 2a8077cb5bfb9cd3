import type { TextConfig } from "../clip/clip-config.js";
import { towerNames } from "../clip/clip-parameters.js";
import { locate, ModelError } from "../model-error.js";
import type { Tokenizer } from "../tokenizers/tokenizer.js";
import { builtInTowers } from "../towers/built-in-towers.js";
import type { AnyTowerFactory } from "../towers/define-tower.js";
import type { ConfigSection, TextTower } from "../towers/tower.js";
import type { WeightArray, Weights } from "../weights/weights.js";
import { modelFolder } from "./hub-folder.js";
import type { LoadClipOptions } from "./load-clip.js";
import { openModelFolder } from "./model-folder.js";
import { readTokenizer } from "./tokenizer-files.js";
import { readWeightFiles } from "./weight-files.js";

/** A pre-trained text tower: its configuration for `createClip`, and its weights by the names that they have there. */
export interface LoadedTextTower {
  readonly config: TextConfig;
  readonly weights: Weights;
  /** Its own tokenizer, where the folder has one; it cuts texts to the tower's context. */
  readonly tokenizer?: Tokenizer;
}

/**
 * Reads a pre-trained text encoder (a Hugging Face folder or a model of the hub) to be a text tower. BERT and Gemma 2 are built in;
 * `options.towers` may bring others:
 *
 * `createClip({ embedDim, vision, text: { ...tower.config, trainableLayers: 4 } }, { rng, weights: tower.weights })`
 *
 * Heads that a tower does not have (`pooler`, `cls`, `lm_head`) are left out.
 *
 * @throws ModelError naming the file that is missing or cut, or the field of `config.json` that is not supported.
 */
export async function loadTextTower(pathOrHubId: string, options: LoadClipOptions = {}): Promise<LoadedTextTower> {
  const directory = await locate("loadTextTower", () => modelFolder(pathOrHubId, options));
  return locate(`loadTextTower: ${directory}`, () => readTextTower(directory, options.towers));
}

async function readTextTower(directory: string, towers: readonly AnyTowerFactory[] = []): Promise<LoadedTextTower> {
  const folder = openModelFolder(directory);
  const json = (await folder.json("config.json")) as ConfigSection | null;
  const readers = [...towers, ...builtInTowers].flatMap(({ kind, huggingFace }) =>
    kind === "text" && huggingFace?.parameter ? [huggingFace] : [],
  );
  const reader = readers.find(({ matches }) => matches(json ?? {}));
  if (!reader) {
    throw new ModelError(
      `config.json: model_type is ${JSON.stringify(json?.model_type)}; "bert" or "gemma2" is expected, or a type that one of \`towers\` reads.`,
    );
  }
  const { name, options, contextLength } = reader.read(json!, "config.json") as TextTower;
  const stored = await readWeightFiles(folder, "model");
  const weights = new Map<string, WeightArray>();
  for (const [tensor, array] of stored) {
    const own = reader.parameter!(tensor);
    if (own !== undefined) weights.set(`${towerNames.text.prefix}.${own}`, array);
  }
  const tokenizerNames = await Promise.all(["tokenizer.json", "vocab.txt"].map((name) => folder.has(name)));
  return {
    config: { type: name, ...options } as unknown as TextConfig,
    weights,
    ...(tokenizerNames.includes(true) && { tokenizer: await readTokenizer(folder, contextLength) }),
  };
}
