import { pickIndex, type Rng } from "@tesserae/scene-graph/random";
import { type Bounds, spriteBounds, spriteOf } from "../sprites/sprite-bounds.js";
import { type RelationName, sizes } from "./atoms.js";
import type { ObjectDescription, Scene, UnitBox, WorldObject, WorldRelation } from "./scene.js";

/**
 * Who stands where: an object, or two or more arrangements in a relation. "left of" runs from left to right, "above"
 * from top to bottom; "on", "in" and "in front of" hold between two single objects.
 */
export type Arrangement =
  | { readonly object: number }
  | { readonly relation: RelationName; readonly children: readonly Arrangement[] };

/** The objects of an arrangement. */
function members(arrangement: Arrangement): number[] {
  return "object" in arrangement ? [arrangement.object] : arrangement.children.flatMap(members);
}

/** Every relation between two objects that an arrangement states: those of each pair of children, member by member. */
export function arrangementRelations(arrangement: Arrangement): WorldRelation[] {
  if ("object" in arrangement) return [];
  const { relation, children } = arrangement;
  const across = children.flatMap((child, index) =>
    children
      .slice(index + 1)
      .flatMap((later) =>
        members(child).flatMap((subject) => members(later).map((object) => ({ subject, predicate: relation, object }))),
      ),
  );
  return [...children.flatMap(arrangementRelations), ...across];
}

interface Placed {
  readonly object: number;
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly mirrored: boolean;
}

interface Cluster {
  readonly placed: readonly Placed[];
  readonly layers: Scene["layers"];
  readonly box: Bounds;
}

/**
 * Places the objects on the canvas, without overlap except where "on", "in" and "in front of" ask for it.
 * @param options factor of the objects' sizes, which get smaller still where they would not fit (default 1); smallest
 *   and largest gap between neighbours in a row or column, before that factor
 */
export function layOut(
  rng: Rng,
  arrangement: Arrangement,
  objects: readonly ObjectDescription[],
  {
    scale: largest = 1,
    gap = [0.03, 0.08],
  }: { readonly scale?: number; readonly gap?: readonly [number, number] } = {},
): Pick<Scene, "objects" | "layers"> {
  const cluster = place(rng, arrangement, objects, gap);
  const width = cluster.box.right - cluster.box.left;
  const height = cluster.box.bottom - cluster.box.top;
  const zoom = Math.min(largest, 0.96 / width, 0.96 / height);
  const left = 0.01 + rng() * Math.max(0, 0.98 - width * zoom);
  const top = 0.01 + rng() * Math.max(0, 0.98 - height * zoom);
  const ordered: WorldObject[] = [];
  for (const { object, x, y, side, mirrored } of cluster.placed) {
    const description = objects[object]!;
    const placed = {
      x: left + (x - cluster.box.left) * zoom,
      y: top + (y - cluster.box.top) * zoom,
      side: side * zoom,
      mirrored,
    };
    ordered[object] = { ...description, ...placed, box: drawnBox(description.kind, placed) };
  }
  return { objects: ordered, layers: cluster.layers };
}

function drawnBox(kind: string, { x, y, side, mirrored }: Omit<Placed, "object">): UnitBox {
  const bounds = spriteBounds(kind, mirrored);
  return {
    x: x + bounds.left * side,
    y: y + bounds.top * side,
    width: (bounds.right - bounds.left) * side,
    height: (bounds.bottom - bounds.top) * side,
  };
}

function place(
  rng: Rng,
  arrangement: Arrangement,
  objects: readonly ObjectDescription[],
  gap: readonly [number, number],
): Cluster {
  if ("object" in arrangement) return placeOne(rng, arrangement.object, objects);
  const children = arrangement.children.map((child) => place(rng, child, objects, gap));
  if (arrangement.relation === "left of") return placeRow(rng, children, false, gap);
  if (arrangement.relation === "above") return placeRow(rng, children, true, gap);
  const [subject, object] = children as [Cluster, Cluster];
  const kind = objects[object.placed[0]!.object]!.kind;
  if (arrangement.relation === "on") return placeOn(rng, subject, object, kind);
  if (arrangement.relation === "in") return placeIn(rng, subject, object, kind);
  return placeInFront(rng, subject, object);
}

function placeOne(rng: Rng, object: number, objects: readonly ObjectDescription[]): Cluster {
  const { kind, size } = objects[object]!;
  const side = sizes[size] * (0.95 + 0.1 * rng());
  const mirrored = rng() < 0.5;
  const { x, y, width, height } = drawnBox(kind, { x: 0, y: 0, side, mirrored });
  return {
    placed: [{ object, x: 0, y: 0, side, mirrored }],
    layers: [{ object, front: false }],
    box: { left: x, top: y, right: x + width, bottom: y + height },
  };
}

function placeRow(
  rng: Rng,
  children: readonly Cluster[],
  vertical: boolean,
  [smallest, largest]: readonly [number, number],
): Cluster {
  let cursor = 0;
  const moved = children.map((child) => {
    const { left, top, right, bottom } = child.box;
    const aside = (rng() - 0.5) * 0.1;
    const dx = vertical ? aside - (left + right) / 2 : cursor - left;
    const dy = vertical ? cursor - top : aside - (top + bottom) / 2;
    cursor += (vertical ? bottom - top : right - left) + smallest + rng() * (largest - smallest);
    return shift(child, dx, dy);
  });
  return merge(moved);
}

function placeOn(rng: Rng, subject: Cluster, object: Cluster, kind: string): Cluster {
  const base = object.placed[0]!;
  const support = spriteOf(kind).support!;
  const x = base.x + (base.mirrored ? 1 - support.x : support.x) * base.side + (rng() - 0.5) * 0.04;
  const y = base.y + support.y * base.side + 0.01;
  return merge([object, shift(subject, x - (subject.box.left + subject.box.right) / 2, y - subject.box.bottom)]);
}

function placeIn(rng: Rng, subject: Cluster, object: Cluster, kind: string): Cluster {
  const base = object.placed[0]!;
  const opening = spriteOf(kind).opening!;
  const width = opening.width * base.side;
  const content = scale(subject, Math.min(1, (0.95 * width) / (subject.box.right - subject.box.left)));
  const x = base.x + (base.mirrored ? 1 - opening.x : opening.x) * base.side + (rng() - 0.5) * 0.02;
  const depth = 0.3 * (content.box.bottom - content.box.top);
  const bottom = Math.min(base.y + opening.y * base.side + depth, object.box.bottom - 0.02);
  const shifted = shift(content, x - (content.box.left + content.box.right) / 2, bottom - content.box.bottom);
  const merged = merge([object, shifted]);
  return { ...merged, layers: [...merged.layers, { object: base.object, front: true }] };
}

/** The object in front hides two fifths of the narrower one's width and stands a little lower. */
function placeInFront(rng: Rng, subject: Cluster, object: Cluster): Cluster {
  const overlap = 0.4 * Math.min(subject.box.right - subject.box.left, object.box.right - object.box.left);
  const lower = 0.12 * Math.min(subject.box.bottom - subject.box.top, object.box.bottom - object.box.top);
  const toTheRight = pickIndex(rng, 2) === 1;
  const dx = toTheRight ? object.box.right - overlap - subject.box.left : object.box.left + overlap - subject.box.right;
  return merge([object, shift(subject, dx, object.box.bottom + lower - subject.box.bottom)]);
}

function shift({ placed, layers, box }: Cluster, dx: number, dy: number): Cluster {
  return {
    placed: placed.map((one) => ({ ...one, x: one.x + dx, y: one.y + dy })),
    layers,
    box: { left: box.left + dx, top: box.top + dy, right: box.right + dx, bottom: box.bottom + dy },
  };
}

function scale({ placed, layers, box }: Cluster, factor: number): Cluster {
  return {
    placed: placed.map((one) => ({ ...one, x: one.x * factor, y: one.y * factor, side: one.side * factor })),
    layers,
    box: { left: box.left * factor, top: box.top * factor, right: box.right * factor, bottom: box.bottom * factor },
  };
}

function merge(clusters: readonly Cluster[]): Cluster {
  const boxes = clusters.map(({ box }) => box);
  return {
    placed: clusters.flatMap(({ placed }) => placed),
    layers: clusters.flatMap(({ layers }) => layers),
    box: {
      left: Math.min(...boxes.map(({ left }) => left)),
      top: Math.min(...boxes.map(({ top }) => top)),
      right: Math.max(...boxes.map(({ right }) => right)),
      bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
    },
  };
}
