import { areWeights, seededRng } from "@tesserae/scene-graph/random";
import { fullDetail, partDetail, planCaption } from "./captions/caption-plan.js";
import { writeCaption } from "./captions/write-caption.js";
import { renderScene } from "./drawing/render-scene.js";
import type { WorldDataset, WorldSample } from "./sample.js";
import { type WorldSplit, worldSplits } from "./scenes/compounds.js";
import type { SceneOptions } from "./scenes/sample-scene.js";
import type { Scene } from "./scenes/scene.js";
import { loadWorldImage, type WorldAddress, worldAddress, worldScene } from "./world-address.js";
import { WorldError } from "./world-error.js";

/** The size, in pixels, to which the boxes of the world's samples refer. */
export const worldImageSize = 128;

/** Rises when the world's scenes, captions or pictures change. */
export const worldVersion = "2";

/** What to generate. */
export interface WorldOptions extends SceneOptions {
  /** A whole number; the same seed gives the same world. */
  readonly seed: number;
  readonly split: WorldSplit;
  readonly count: number;
  /** Captions an image. Default 2. */
  readonly captions?: number;
}

/**
 * The embedded world: scenes of drawn objects with captions, gold scene graphs and boxes, made from a seed. The first
 * caption of an image names and connects all objects; the others say less, in other words. Images are drawn when asked
 * for. Throws a WorldError for options that cannot be.
 */
export function worldDataset(options: WorldOptions): WorldDataset {
  check(options);
  const { seed, split, count, captions = 2, objects, relations } = options;
  const weights = { ...(objects ? { objects } : {}), ...(relations ? { relations } : {}) };
  const scenes = new Map<string, Scene>();
  const samples = Array.from({ length: count }, (_, index) => {
    const address = { seed, split, index, ...weights };
    const scene = worldScene(address);
    scenes.set(worldAddress(address), scene);
    return worldSample(address, scene, captions);
  });
  const revision = [`world-${worldVersion}`, `seed-${seed}`, `${split}-${count}x${captions}`];
  if (objects ?? relations) revision.push(JSON.stringify(weights));
  return {
    name: "world",
    revision: revision.join("/"),
    samples,
    problems: [],
    async loadImage(image, size = worldImageSize) {
      const scene = scenes.get(image);
      return scene ? renderScene(scene, size) : loadWorldImage(image, size);
    },
  };
}

/** The captions, gold graphs and boxes (in pixels at `worldImageSize`) of the scene at an address. */
export function worldSample(address: WorldAddress, scene: Scene, captions = 2): WorldSample {
  const rng = seededRng("captions", address.seed, address.split, address.index);
  const graphs = Array.from({ length: captions }, (_, which) =>
    writeCaption(planCaption(rng, scene, which === 0 ? fullDetail : partDetail)),
  );
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

function check({ seed, split, count, captions = 2, objects, relations }: WorldOptions): void {
  const fail = (message: string) => {
    throw new WorldError(`world: ${message}`);
  };
  if (!Number.isInteger(seed)) fail(`seed is ${seed}; give a whole number`);
  if (!worldSplits.includes(split)) fail(`unknown split "${split}"; expected ${worldSplits.join(", ")}`);
  if (!Number.isInteger(count) || count < 0) fail(`count is ${count}; give a whole number from 0`);
  if (!Number.isInteger(captions) || captions < 1) fail(`captions is ${captions}; give a whole number from 1`);
  for (const [name, weights] of Object.entries({ objects, relations })) {
    if (weights === undefined) continue;
    if (!areWeights(Object.values(weights))) {
      fail(`${name} is ${JSON.stringify(weights)}; give weights of 0 or more, not all 0`);
    }
  }
}
