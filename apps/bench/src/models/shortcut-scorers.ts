import { type ImageRef, imageName, type Scorer } from "@tesserae/benchmarks";
import {
  firstNamed,
  parseWorldAddress,
  pictureOnly,
  type ShortcutScorer,
  textOnly,
  type WorldLevelName,
  wordBag,
  worldDataset,
  worldVersion,
} from "@tesserae/world";
import { BenchError } from "../bench-error.js";

/** Scenes of the training split that the text-only and the picture-only scorer have seen: as many as the recipes train on. */
const trainingScenes = 8192;

/**
 * Scorers of the synthetic world's pictures that know less than a task asks for, by the name that `--model` takes. Where one of them
 * is right more often than chance, so may a model be that has learnt nothing else.
 */
export const shortcutScorers: Readonly<Record<string, () => Scorer>> = {
  "shortcut:text": () =>
    scorerOf("shortcut:text", (level) =>
      textOnly(
        trainingSamples(level).flatMap(({ captions }) => captions),
        3,
      ),
    ),
  "shortcut:words": () => scorerOf("shortcut:words", wordBag),
  "shortcut:first-named": () => scorerOf("shortcut:first-named", firstNamed),
  "shortcut:picture": () =>
    scorerOf("shortcut:picture", (level) => pictureOnly(trainingSamples(level).map(({ image }) => image))),
};

function trainingSamples(level: WorldLevelName) {
  return worldDataset({ level, seed: 0, split: "train", count: trainingScenes }).samples;
}

/** One scorer a level of the world, made when it is first needed. */
function scorerOf(name: string, make: (level: WorldLevelName) => ShortcutScorer): Scorer {
  const byLevel = new Map<WorldLevelName, ShortcutScorer>();
  const noVectors = async (): Promise<never> => {
    throw new BenchError(`${name}: scores the captions of one picture; it has no embeddings, which retrieval needs`);
  };
  return {
    name,
    revision: `world-${worldVersion}`,
    embedImages: noVectors,
    embedTexts: noVectors,
    async score(ref: ImageRef, captions) {
      const image = imageName(ref);
      const { level } = parseWorldAddress(image);
      const scorer = byLevel.get(level) ?? make(level);
      byLevel.set(level, scorer);
      return scorer.score(image, captions);
    },
  };
}
