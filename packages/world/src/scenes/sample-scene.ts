import { pick, pickWeighted, type Rng } from "@tesserae/scene-graph/random";
import type { Rgb } from "../sprites/rgb.js";
import {
  colourNames,
  containerKinds,
  kindNames,
  patternNames,
  portableKinds,
  type RelationName,
  relationNames,
  type Size,
  sizeNames,
  supportKinds,
} from "./atoms.js";
import { describeScene, hasUnseenCompound, splitOfDescription, type WorldSplit, worldSplits } from "./compounds.js";
import { type Arrangement, arrangementRelations, layOut } from "./layout.js";
import type { Background, ObjectDescription, Scene } from "./scene.js";

/** How scenes are drawn. */
export interface SceneOptions {
  /** How often a scene has 1, 2, 3 and 4 objects, as weights. Default 15 : 75 : 8 : 2. */
  readonly objects?: readonly [number, number, number, number];
  /**
   * How often two objects stand in each relation, as weights. Default 45 : 45 : 3 : 3 : 4 in the order of
   * `relationNames`.
   */
  readonly relations?: Readonly<Record<RelationName, number>>;
}

const defaultObjects = [15, 75, 8, 2] as const;
const defaultRelations = { "left of": 45, above: 45, on: 3, in: 3, "in front of": 4 };
const patternWeights = [88, 4, 4, 4];
const sizeWeights = [15, 70, 15];
/** What is in a container is smaller than the container. */
const nestedSizes: readonly (readonly [Size, Size])[] = [
  ["small", "medium"],
  ["small", "large"],
  ["medium", "large"],
];

/**
 * A scene of a split. Training and validation scenes show no held-out compound; test scenes may. Descriptions never
 * cross splits. Throws a RangeError for another split.
 */
export function sampleScene(rng: Rng, split: WorldSplit, options: SceneOptions = {}): Scene {
  if (!worldSplits.includes(split)) {
    throw new RangeError(`sampleScene: unknown split "${split}"; expected ${worldSplits.join(", ")}`);
  }
  const count = pickWeighted(rng, options.objects ?? defaultObjects) + 1;
  for (;;) {
    const { arrangement, objects } = sampleDescription(rng, split, count, options);
    const relations = arrangementRelations(arrangement);
    const description = { objects, relations };
    if (split !== "test" && hasUnseenCompound(description)) continue;
    if (splitOfDescription(describeScene(description)) !== split) continue;
    return { ...layOut(rng, arrangement, objects), relations, background: sampleBackground(rng) };
  }
}

function sampleDescription(
  rng: Rng,
  split: WorldSplit,
  count: number,
  options: SceneOptions,
): { arrangement: Arrangement; objects: ObjectDescription[] } {
  const weights = options.relations ?? defaultRelations;
  const relationWeights = relationNames.map((name) => weights[name]);
  const wide = (): RelationName => (rng() < 0.5 ? "left of" : "above");
  const objects: ObjectDescription[] = [];
  const used = new Set<string>();

  const leaf = (kinds: readonly string[] = kindNames, fixedSize?: Size): Arrangement => {
    const free = kinds.filter((name) => !used.has(name));
    let object: ObjectDescription;
    do {
      const size = fixedSize ?? sizeNames[pickWeighted(rng, sizeWeights)]!;
      const pattern = patternNames[pickWeighted(rng, patternWeights)]!;
      object = { kind: pick(rng, free), colour: pick(rng, colourNames), size, pattern };
    } while (split !== "test" && hasUnseenCompound({ objects: [object], relations: [] }));
    used.add(object.kind);
    objects.push(object);
    return { object: objects.length - 1 };
  };
  const pair = (): Arrangement => {
    const relation = relationNames[pickWeighted(rng, relationWeights)]!;
    if (relation === "on") {
      const below = leaf(supportKinds);
      return { relation, children: [leaf(portableKinds), below] };
    }
    if (relation === "in") {
      const [inner, outer] = pick(rng, nestedSizes);
      const container = leaf(containerKinds, outer);
      return { relation, children: [leaf(portableKinds, inner), container] };
    }
    return { relation, children: [leaf(), leaf()] };
  };

  if (count === 1) return { arrangement: leaf(), objects };
  if (count === 2) return { arrangement: pair(), objects };
  if (count === 4) return { arrangement: { relation: wide(), children: [pair(), pair()] }, objects };
  const form = pickWeighted(rng, [3, 4, 4]);
  const children = form === 0 ? [leaf(), leaf(), leaf()] : form === 1 ? [pair(), leaf()] : [leaf(), pair()];
  return { arrangement: { relation: wide(), children }, objects };
}

/** Muted: every channel between 110 and 215, and no two channels further apart than 45. */
function mutedColour(rng: Rng): Rgb {
  const base = 110 + rng() * 60;
  const channel = () => Math.floor(base + rng() * 45);
  return [channel(), channel(), channel()];
}

function sampleBackground(rng: Rng): Background {
  const patches = Array.from({ length: Math.floor(rng() * 3) }, () => {
    const width = 0.08 + rng() * 0.3;
    const height = 0.08 + rng() * 0.3;
    return { x: rng() * 1.2 - 0.2, y: rng() * 1.2 - 0.2, width, height, round: rng() < 0.5 };
  });
  const horizon = rng() < 0.4 ? { horizon: 0.35 + rng() * 0.4 } : {};
  return { top: mutedColour(rng), bottom: mutedColour(rng), ...horizon, patch: mutedColour(rng), patches };
}
