import { ImageError } from "../errors.js";
import type { RgbImage } from "../rgb-image.js";
import { seededRng } from "../rng.js";
import { relationNames } from "./atoms.js";
import { type WorldSplit, worldSplits } from "./compounds.js";
import { renderScene } from "./render-scene.js";
import { type SceneOptions, sampleScene } from "./sample-scene.js";
import type { Scene } from "./scene.js";

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

/** Reads an address. Throws an ImageError for any other text. */
export function parseWorldAddress(image: string): WorldAddress {
  const match = form.exec(image);
  if (!match) {
    const expected = `expected world:<seed>/<split>/<index> with a split of ${worldSplits.join(", ")}`;
    throw new ImageError("not-found", image, `"${image}" names no image of the embedded world; ${expected}`);
  }
  const weights = new Map((match[4] ?? "").split("&").map((pair) => pair.split("=") as [string, string]));
  const numbers = (name: string) => weights.get(name)?.split(",").map(Number);
  const objects = numbers("objects");
  const relations = numbers("relations");
  return {
    seed: Number(match[1]),
    split: match[2] as WorldSplit,
    index: Number(match[3]),
    ...(objects ? { objects: [objects[0] ?? 0, objects[1] ?? 0, objects[2] ?? 0, objects[3] ?? 0] } : {}),
    ...(relations
      ? {
          relations: {
            "left of": relations[0] ?? 0,
            above: relations[1] ?? 0,
            on: relations[2] ?? 0,
            in: relations[3] ?? 0,
            "in front of": relations[4] ?? 0,
          },
        }
      : {}),
  };
}

/** The scene at an address. It depends on the address alone, not on how many scenes there are. */
export function worldScene(address: WorldAddress): Scene {
  const { seed, split, index } = address;
  return sampleScene(seededRng("scene", seed, split, index), split, address);
}

/**
 * Draws the image at an address, `world:7/test/3`, at `size` x `size` pixels. Throws an ImageError for any other text.
 */
export function loadWorldImage(image: string, size: number): RgbImage {
  return renderScene(worldScene(parseWorldAddress(image)), size);
}
