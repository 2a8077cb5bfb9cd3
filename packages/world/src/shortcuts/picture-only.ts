import { parseWorldAddress, worldScene } from "../world-address.js";
import { type ShortcutScorer, withTieBreak } from "./shortcut-scorer.js";

/**
 * How usual a picture is, whatever the caption: the log-frequencies, in training pictures, of each thing's colour and of
 * the quarter that it stands in.
 *
 * @param trainingImages addresses of training pictures
 */
export function pictureOnly(trainingImages: readonly string[]): ShortcutScorer {
  const counts = new Map<string, number>();
  for (const feature of trainingImages.flatMap(featuresOf)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const logFrequency = (image: string) =>
    featuresOf(image).reduce((sum, feature) => sum + Math.log((counts.get(feature) ?? 0) + 0.5), 0);
  return {
    name: "picture only",
    shortcut: "picture",
    score(image, captions) {
      const frequency = Math.round(logFrequency(image) * 1e4) / 1e4;
      return captions.map((caption) => withTieBreak(frequency, image, caption));
    },
  };
}

function featuresOf(image: string): string[] {
  const { objects } = worldScene(parseWorldAddress(image));
  return objects.flatMap(({ kind, colour, box }) => {
    const side = box.x + box.width / 2 < 0.5 ? "left" : "right";
    const height = box.y + box.height / 2 < 0.5 ? "upper" : "lower";
    return [`${colour} ${kind}`, `${kind} ${side}`, `${kind} ${height}`, `${colour} ${side}`, `${colour} ${height}`];
  });
}
