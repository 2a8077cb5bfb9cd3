import type { SceneGraph, SceneObject } from "@tesserae/scene-graph";

/** Whether a part is said by both captions, only by the first, or only by the second. */
export type PartState = "kept" | "gone" | "new";

export interface EditedText {
  readonly text: string;
  readonly state: PartState;
}

/** A thing of either caption with all that one of them says of it. */
export interface EditedObject {
  readonly names: readonly EditedText[];
  readonly attributes: readonly EditedText[];
}

/** A relation between two things, given by their places in `objects`. */
export interface EditedRelation extends EditedText {
  readonly subject: number;
  readonly object: number;
}

/** Two graphs laid over each other. */
export interface EditedGraph {
  readonly objects: readonly EditedObject[];
  readonly relations: readonly EditedRelation[];
}

/**
 * What was edited between the graphs of two captions. Things of one name are the same thing, those with more equal attributes first;
 * what is left over is paired in the order of the captions, as a thing whose name was changed.
 */
export function compareGraphs(before: SceneGraph, after: SceneGraph): EditedGraph {
  const pairs = alignObjects(before.objects, after.objects);
  const [old, fresh] = [0, 1].map(
    (side) => new Map(pairs.flatMap((pair, index) => (pair[side] ? [[pair[side].id, index] as const] : []))),
  );
  const ends = (graph: SceneGraph, places = new Map<string, number>()) =>
    graph.relations.map(({ subject, predicate, object }) => ({
      ...{ text: predicate, subject: places.get(subject) ?? 0, object: places.get(object) ?? 0 },
    }));
  const key = ({ text, subject, object }: Omit<EditedRelation, "state">) => `${subject} ${text} ${object}`;
  return {
    objects: pairs.map(([first, second]) => ({
      names: compareTexts(first ? [nameOf(first)] : [], second ? [nameOf(second)] : []),
      attributes: compareTexts(attributesOf(first), attributesOf(second)),
    })),
    relations: compareBy(ends(before, old), ends(after, fresh), key),
  };
}

/** The edits in words, such as "red → blue"; one for each thing and for the relations. */
export function describeEdits({ objects, relations }: EditedGraph): readonly string[] {
  const ofObjects = objects.flatMap(({ names, attributes }) => {
    const parts = [...attributes, ...names];
    const name = names.map(({ text }) => text).join(" → ");
    const edits = sides(parts);
    return edits === "" ? [] : [names.every(({ state }) => state === "kept") ? `${name}: ${edits}` : edits];
  });
  const nameAt = (index: number) => objects[index]!.names.at(-1)!.text;
  const said = relations.map(({ text, state, subject, object }) => ({
    ...{ state, text: `${nameAt(subject)} ${text} ${nameAt(object)}` },
  }));
  const ofRelations = sides(said);
  return ofRelations === "" ? ofObjects : [...ofObjects, ofRelations];
}

function sides(parts: readonly EditedText[]): string {
  const list = (wanted: PartState) =>
    parts
      .filter(({ state }) => state === wanted)
      .map(({ text }) => text)
      .join(", ");
  const [gone, fresh] = [list("gone"), list("new")];
  if (gone === "" && fresh === "") return "";
  return `${gone || "nothing"} → ${fresh || "nothing"}`;
}

type Pair = readonly [SceneObject | undefined, SceneObject | undefined];

function alignObjects(before: readonly SceneObject[], after: readonly SceneObject[]): readonly Pair[] {
  const free = new Set(after);
  const found = new Map<SceneObject, SceneObject>();
  const candidates = before
    .flatMap((one) => after.filter(({ name }) => name === one.name).map((other) => ({ one, other })))
    .map((pair) => ({ ...pair, shared: sharedAttributes(pair.one, pair.other) }))
    .sort((a, b) => b.shared - a.shared);
  for (const { one, other } of candidates) {
    if (found.has(one) || !free.has(other)) continue;
    found.set(one, other);
    free.delete(other);
  }
  const rest = [...free];
  const paired = before.map((one): Pair => [one, found.get(one) ?? rest.shift()]);
  return [...paired, ...rest.map((other): Pair => [undefined, other])];
}

function sharedAttributes(one: SceneObject, other: SceneObject): number {
  return attributesOf(one).filter((text) => attributesOf(other).includes(text)).length;
}

function attributesOf(object: SceneObject | undefined): readonly string[] {
  return [...(object?.quantity ? [object.quantity] : []), ...(object?.attributes.map(({ name }) => name) ?? [])];
}

function nameOf({ name }: SceneObject): string {
  return name;
}

function compareTexts(before: readonly string[], after: readonly string[]): readonly EditedText[] {
  const wrap = (texts: readonly string[]) => texts.map((text) => ({ text }));
  return compareBy(wrap(before), wrap(after), ({ text }) => text);
}

/** What both have, then what only the first has, then what only the second has; equal parts count as often as they stand there. */
function compareBy<Part>(
  before: readonly Part[],
  after: readonly Part[],
  key: (part: Part) => string,
): readonly (Part & { readonly state: PartState })[] {
  const left = after.map(key);
  const first = before.map((part) => {
    const index = left.indexOf(key(part));
    if (index >= 0) left.splice(index, 1);
    return { ...part, state: index >= 0 ? ("kept" as const) : ("gone" as const) };
  });
  const fresh = after.flatMap((part) => {
    const index = left.indexOf(key(part));
    if (index < 0) return [];
    left.splice(index, 1);
    return [{ ...part, state: "new" as const }];
  });
  return [...first, ...fresh];
}
