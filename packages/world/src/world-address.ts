import { areWeights, seededRng } from "@tesserae/scene-graph/random";
import { renderScene } from "./drawing/render-scene.js";
import type { RgbImage } from "./drawing/rgb-image.js";
import { type RelationName, relationNames } from "./scenes/atoms.js";
import { type WorldSplit, worldSplits } from "./scenes/compounds.js";
import { type SceneOptions, sampleScene } from "./scenes/sample-scene.js";
import type { Scene } from "./scenes/scene.js";
import { WorldError } from "./world-error.js";

/** Which scene of the world: all that it depends on. */
export interface WorldAddress extends SceneOptions {
  /** A whole number. */
  readonly seed: number;
  readonly split: WorldSplit;
  readonly index: number;
}

/**
 * `world:<seed>/<split>/<index>`, and the weights after it where they are not the default:
 * `?objects=1,1,0,0&relations=1,1,0,0,0`.
 */
export function worldAddress({ seed, split, index, objects, relations }: WorldAddress): string {
  const weights = [
    ...(objects ? [`objects=${objects.join(",")}`] : []),
    ...(relations ? [`relations=${relationNames.map((name) => relations[name]).join(",")}`] : []),
  ];
  return `world:${seed}/${split}/${index}${weights.length > 0 ? `?${weights.join("&")}` : ""}`;
}

const form = /^world:(-?\d+)\/(train|validation|test)\/(\d+)(?:\?(.+))?$/;

/** Reads an address. Throws a WorldError for any other text. */
export function parseWorldAddress(image: string): WorldAddress {
  const [whole, seed, split, index, query] = form.exec(image) ?? [];
  const weights = query === undefined ? {} : parseWeights(query);
  if (whole === undefined || weights === undefined) {
    const expected = `expected world:<seed>/<split>/<index> with a split of ${worldSplits.join(", ")}`;
    throw new WorldError(
      `"${image}" names no image of the embedded world; ${expected}, and weights as worldAddress writes them`,
    );
  }
  return { seed: Number(seed), split: split as WorldSplit, index: Number(index), ...weights };
}

/** The weights after the "?" of an address, or undefined where they are not as `worldAddress` writes them. */
function parseWeights(query: string): SceneOptions | undefined {
  const found = /^(?:objects=([^&]+))?(?:(?:^|&)relations=([^&]+))?$/.exec(query);
  if (!found) return undefined;
  const [objects, relations] = found.slice(1).map((list) => list?.split(",").map(Number));
  if (objects && !(objects.length === 4 && areWeights(objects))) return undefined;
  if (relations && !(relations.length === relationNames.length && areWeights(relations))) return undefined;
  return {
    ...(objects ? { objects: objects as [number, number, number, number] } : {}),
    ...(relations ? { relations: byRelation(relations) } : {}),
  };
}

function byRelation(weights: readonly number[]): Record<RelationName, number> {
  return Object.fromEntries(relationNames.map((name, which) => [name, weights[which]!])) as Record<
    RelationName,
    number
  >;
}

/** The scene at an address. It depends on the address alone, not on how many scenes there are. */
export function worldScene(address: WorldAddress): Scene {
  const { seed, split, index } = address;
  return sampleScene(seededRng("scene", seed, split, index), split, address);
}

/**
 * Draws the image at an address, `world:7/test/3`, at `size` x `size` pixels. Throws a WorldError for any other text.
 */
export function loadWorldImage(image: string, size: number): RgbImage {
  return renderScene(worldScene(parseWorldAddress(image)), size);
}
