import { pick, pickWeighted, type Rng } from "@tesserae/scene-graph/random";
import type { Rgb } from "../sprites/rgb.js";
import { patternNames, type RelationName, relationNames, type Size, sizeNames } from "./atoms.js";
import { type Novelty, noveltyOf, unseenAttributeCount } from "./compounds.js";
import { type Arrangement, arrangementRelations, layOut } from "./layout.js";
import { containerKinds, portableKinds, supportKinds, type WorldLevel } from "./levels.js";
import type { Background, ObjectDescription, Scene } from "./scene.js";
import { splitOf, type WorldSplit } from "./splits.js";

/** What is in a container is smaller than the container. */
const nestedSizes: readonly (readonly [Size, Size])[] = [
  ["small", "medium"],
  ["small", "large"],
  ["medium", "large"],
];

/** Half of the test scenes show no held-out compound, a quarter each one of an attribute or of a relation, and no other. */
const testNovelties = ["none", "none", "attribute", "relation"] as const;

/** A scene before it is laid out. */
interface Draft {
  readonly objects: readonly ObjectDescription[];
  readonly arrangement: Arrangement;
}

/** What is drawn first of a scene: how many things it holds, and which held-out compounds it shows. */
export interface SceneOutline {
  readonly things: number;
  readonly novelty: Novelty;
}

/** Training and validation scenes show no held-out compound, half of the test scenes do. */
export function sampleOutline(rng: Rng, level: WorldLevel, split: WorldSplit): SceneOutline {
  const things = pickWeighted(rng, level.things) + 1;
  const novelty = split !== "test" ? "none" : pick(rng, things === 1 ? testNovelties.slice(1, 3) : testNovelties);
  return { things, novelty };
}

/**
 * A scene of a level and a split. `change` is made on the objects before they are laid out, and decides nothing else: with
 * it the same draws give the scene's counterfactual.
 */
export function sampleScene(
  rng: Rng,
  level: WorldLevel,
  split: WorldSplit,
  change: (objects: readonly ObjectDescription[]) => readonly ObjectDescription[] = (objects) => objects,
): Scene {
  const { things, novelty } = sampleOutline(rng, level, split);
  for (;;) {
    const { arrangement, objects } = sampleDraft(rng, level, things, novelty !== "attribute");
    const relations = arrangementRelations(arrangement);
    const description = { objects, relations };
    if (noveltyOf(description) !== novelty || splitOf(description) !== split) continue;
    const placed = layOut(rng, arrangement, change(objects), level);
    return { ...placed, relations, background: sampleBackground(rng, level) };
  }
}

function sampleDraft(rng: Rng, level: WorldLevel, count: number, seen: boolean): Draft {
  const sizeWeights = sizeNames.map((size) => level.sizes[size]);
  const patternWeights = patternNames.map((pattern) => level.patterns[pattern]);
  const relationWeights = relationNames.map((relation) => level.relations[relation]);
  const [supports, containers, portables] = [supportKinds(level), containerKinds(level), portableKinds(level)];
  const objects: ObjectDescription[] = [];
  const used = new Set<string>();

  const leaf = (kinds: readonly string[] = level.kinds, fixedSize?: Size): Arrangement => {
    const free = kinds.filter((name) => !used.has(name));
    let object: ObjectDescription;
    do {
      const size = fixedSize ?? sizeNames[pickWeighted(rng, sizeWeights)]!;
      const pattern = patternNames[pickWeighted(rng, patternWeights)]!;
      object = { kind: pick(rng, free), colour: pick(rng, level.colours), size, pattern };
    } while (seen && unseenAttributeCount({ objects: [object], relations: [] }) > 0);
    used.add(object.kind);
    objects.push(object);
    return { object: objects.length - 1 };
  };
  const free = (kinds: readonly string[]) => kinds.filter((kind) => !used.has(kind)).length;
  /** Whether there are kinds left for a relation; what carries or holds may be portable itself. */
  const isFree = (relation: RelationName): boolean =>
    (relation !== "on" || free(supports) > 0) &&
    (relation !== "in" || free(containers) > 0) &&
    ((relation !== "on" && relation !== "in") || free(portables) > 1);
  const pair = (): Arrangement => {
    let relation: RelationName;
    do relation = relationNames[pickWeighted(rng, relationWeights)]!;
    while (!isFree(relation));
    if (relation === "on") {
      const below = leaf(supports);
      return { relation, children: [leaf(portables), below] };
    }
    if (relation === "in") {
      const [inner, outer] = pick(rng, nestedSizes);
      const container = leaf(containers, outer);
      return { relation, children: [leaf(portables, inner), container] };
    }
    return { relation, children: [leaf(), leaf()] };
  };
  const arrangement = count === 1 ? leaf() : count === 2 ? pair() : row(rng, count, leaf, pair);
  return { arrangement, objects };
}

/** Three to six things: a row or a column of single things and pairs, in random order. */
function row(rng: Rng, count: number, leaf: () => Arrangement, pair: () => Arrangement): Arrangement {
  const relation: RelationName = rng() < 0.5 ? "left of" : "above";
  const pairs = count === 3 ? Math.floor(rng() * 2) : count - Math.max(2, Math.ceil(count / 2));
  const parts: (typeof leaf)[] = [
    ...Array.from({ length: pairs }, () => pair),
    ...Array.from({ length: count - 2 * pairs }, () => leaf),
  ];
  const children: Arrangement[] = [];
  while (parts.length > 0) children.push(parts.splice(Math.floor(rng() * parts.length), 1)[0]!());
  return { relation, children };
}

/** Muted: every channel between 110 and 215, and no two channels further apart than 45. */
const grey: Rgb = [128, 128, 128];

function mutedColour(rng: Rng): Rgb {
  const base = 110 + rng() * 60;
  const channel = () => Math.floor(base + rng() * 45);
  return [channel(), channel(), channel()];
}

function sampleBackground(rng: Rng, level: WorldLevel): Background {
  if (level.background === "grey") return { top: grey, bottom: grey, patch: grey, patches: [] };
  const patches = Array.from({ length: Math.floor(rng() * 3) }, () => {
    const width = 0.08 + rng() * 0.3;
    const height = 0.08 + rng() * 0.3;
    return { x: rng() * 1.2 - 0.2, y: rng() * 1.2 - 0.2, width, height, round: rng() < 0.5 };
  });
  const horizon = rng() < 0.4 ? { horizon: 0.35 + rng() * 0.4 } : {};
  return { top: mutedColour(rng), bottom: mutedColour(rng), ...horizon, patch: mutedColour(rng), patches };
}
