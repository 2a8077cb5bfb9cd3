import { type Rng, seededRng } from "@tesserae/scene-graph/random";
import { clausePlan, fullDetail, partDetail, pickRelations, planCaption } from "./captions/caption-plan.js";
import { planDescription } from "./captions/describe-scene.js";
import { writeCaption } from "./captions/write-caption.js";
import { renderScene } from "./drawing/render-scene.js";
import type { WorldDataset, WorldSample } from "./sample.js";
import { type WorldLevelName, worldLevelNames, worldLevels } from "./scenes/levels.js";
import type { Scene } from "./scenes/scene.js";
import { type WorldSplit, worldSplits } from "./scenes/splits.js";
import { loadWorldImage, type WorldAddress, worldAddress, worldImageSize, worldScene } from "./world-address.js";
import { WorldError } from "./world-error.js";

/** Rises when the world's scenes, captions or pictures change. */
export const worldVersion = "4";

/** What to generate. */
export interface WorldOptions {
  /** Default "simple". */
  readonly level?: WorldLevelName;
  /** A whole number; the same seed gives the same world. */
  readonly seed: number;
  readonly split: WorldSplit;
  readonly count: number;
  /** Captions an image. Default 1 in `simple`, 2 elsewhere. */
  readonly captions?: number;
}

/**
 * The synthetic world: scenes of drawn things with captions, gold scene graphs and boxes, made from a seed. The first
 * caption of an image names and connects all its things, the others say less, in other words. In the level `long` the
 * first caption is one short sentence, and the second a description of five to ten sentences. Pictures are drawn when
 * they are asked for.
 *
 * @throws WorldError for options that cannot be
 */
export function worldDataset(options: WorldOptions): WorldDataset {
  const { level = "simple", seed, split, count } = options;
  const captions = options.captions ?? (level === "simple" ? 1 : 2);
  check({ level, seed, split, count, captions });
  const scenes = new Map<string, Scene>();
  const samples = Array.from({ length: count }, (_, index) => {
    const address = { level, seed, split, index };
    const scene = worldScene(address);
    scenes.set(worldAddress(address), scene);
    return worldSample(address, scene, captions);
  });
  return {
    name: "world",
    revision: `world-${worldVersion}/${level}/seed-${seed}/${split}-${count}x${captions}`,
    samples,
    problems: [],
    async loadImage(image) {
      const scene = scenes.get(image);
      return scene ? renderScene(scene, worldImageSize) : loadWorldImage(image);
    },
  };
}

/** The captions, gold graphs and boxes (in pixels of `worldImageSize`) of the scene at an address. */
export function worldSample(address: WorldAddress, scene: Scene, captions: number): WorldSample {
  const level = worldLevels[address.level];
  const rng = seededRng("captions", address.level, address.seed, address.split, address.index);
  const graphs = Array.from({ length: captions }, (_, which) => {
    if (level.name !== "long")
      return writeCaption(planCaption(rng, level, scene, which === 0 ? fullDetail(level) : partDetail));
    return writeCaption(which === 1 ? planDescription(rng, level, scene) : planShortCaption(rng, scene));
  });
  const pixels = (units: number) => Math.floor(units * worldImageSize * 100 + 0.5) / 100;
  return {
    id: `${address.split}-${address.index}`,
    image: worldAddress(address),
    captions: graphs.map(({ caption }) => caption),
    ...(graphs[0] ? { graph: graphs[0] } : {}),
    graphs,
    boxes: scene.objects.map(({ kind, box }) => ({
      category: kind,
      bbox: [pixels(box.x), pixels(box.y), pixels(box.width), pixels(box.height)],
    })),
  };
}

/** One sentence: two things of the scene in one relation. */
function planShortCaption(rng: Rng, scene: Scene) {
  const level = { ...worldLevels.long, sentences: 0 };
  return clausePlan(rng, level, scene, pickRelations(rng, scene, 1), partDetail);
}

function check({ level, seed, split, count, captions }: Required<WorldOptions>): void {
  const fail = (message: string): never => {
    throw new WorldError(`world: ${message}`);
  };
  if (!worldLevelNames.includes(level)) fail(`unknown level "${level}"; expected ${worldLevelNames.join(", ")}`);
  if (!Number.isInteger(seed)) fail(`seed is ${seed}; give a whole number`);
  if (!worldSplits.includes(split)) fail(`unknown split "${split}"; expected ${worldSplits.join(", ")}`);
  if (!Number.isInteger(count) || count < 0) fail(`count is ${count}; give a whole number from 0`);
  if (!Number.isInteger(captions) || captions < 1) fail(`captions is ${captions}; give a whole number from 1`);
}
