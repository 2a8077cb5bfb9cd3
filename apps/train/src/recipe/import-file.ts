import { createJiti } from "jiti";
import { TrainError } from "../train-error.js";

/** Own packages that a file may import without having them installed: the app then gives its own copies. */
const providedModules: Readonly<Record<string, () => Promise<unknown>>> = {
  "@tesserae/augment": () => import("@tesserae/augment"),
  "@tesserae/augment/http": () => import("@tesserae/augment/http"),
  "@tesserae/data": () => import("@tesserae/data"),
  "@tesserae/losses": () => import("@tesserae/losses"),
  "@tesserae/models": () => import("@tesserae/models"),
  "@tesserae/negatives": () => import("@tesserae/negatives"),
  "@tesserae/negatives/wordnet": () => import("@tesserae/negatives/wordnet"),
  "@tesserae/optim": () => import("@tesserae/optim"),
  "@tesserae/scene-graph": () => import("@tesserae/scene-graph"),
  "@tesserae/world": () => import("@tesserae/world"),
  "@tensorflow/tfjs-core": () => import("@tensorflow/tfjs-core"),
  "@tesserae/train": () => import("../index.js"),
};

/**
 * The default export of a TypeScript or JavaScript file. What it imports of Tesserae and TensorFlow.js is this app's own copy, so that
 * there is one of each.
 *
 * @param shown the path as the user gave it
 * @throws TrainError where the file does not load
 */
export async function importFile(path: string, shown: string): Promise<unknown> {
  const loaded = await Promise.all(
    Object.entries(providedModules).map(async ([name, load]) => [name, await load()] as const),
  );
  const virtualModules = Object.fromEntries(loaded) as Record<string, Record<string, unknown>>;
  try {
    return await createJiti(import.meta.url, { virtualModules }).import(path, { default: true });
  } catch (cause) {
    throw new TrainError(`${shown}: does not load: ${(cause as Error).message}`, { cause });
  }
}
