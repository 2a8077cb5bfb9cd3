import { parse, type SceneGraph } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";
import type { Negative } from "../contract/negative.js";
import type { MaybePromise, NegativeMiner, Rng } from "../contract/negative-miner.js";
import { replaceSpans } from "../edits/apply-edits.js";
import { isNegative } from "../guarantee/is-negative.js";
import { normaliseCaption } from "../guarantee/normalise-caption.js";

export interface TestNegativeMinerOptions {
  /** Captions to mine besides the built-in ones. */
  readonly captions?: readonly string[];
  /** How captions become graphs. Default: `parse` of `@tesserae/scene-graph`. */
  readonly parse?: (caption: string) => SceneGraph;
  /** The share of all captions for which at least one negative must be found. Default: more than none. */
  readonly minCoverage?: number;
}

/** Captions that the conformance suite always uses. */
export const conformanceCaptions: readonly string[] = [
  "a small red striped dog is to the left of a large blue cat.",
  "a green car behind a yellow tree",
  "there is a dotted pink boat above a tiny house",
  "a dog on a box. the box is red.",
  "an orange fish is under a black umbrella",
  "A man with a red helmet on a small moped on a dirt road.",
  "A child holding a flowered umbrella and petting a yak.",
  "Two dogs are chasing three small cats across a green field.",
  "a black and white cow next to a white and black cow",
  "A cat and a dog",
  "Two women quietly eating, and a man slowly drinking an orange juice",
  "a red dog left of a blue dog",
  "The man is riding a horse while the woman is holding an apple.",
  "  A   toilet sitting in a bathroom , next to a sink !",
  "It is raining.",
  "wow!",
  "",
];

/**
 * Declares a vitest suite that a miner must pass to be used in training: one list for each graph, the same negatives for the same seed, the
 * guarantee of `isNegative`, edits that give the text, untouched input, abort, and the odd captions. Call it at the top level of a test file:
 * `testNegativeMiner(() => myMiner())`.
 */
export function testNegativeMiner(
  create: () => MaybePromise<NegativeMiner>,
  options: TestNegativeMinerOptions = {},
): void {
  const mining = createMining(create, options);
  describe("negative miner", () => {
    testLists(mining);
    testNegatives(mining);
    testInput(mining);
  });
}

/** A miner at work on the suite's captions. */
interface Mining {
  readonly create: () => MaybePromise<NegativeMiner>;
  readonly options: TestNegativeMinerOptions;
  readonly captions: readonly string[];
  readonly toGraph: (caption: string) => SceneGraph;
  readonly graphs: readonly SceneGraph[];
  /** By a new miner. */
  mineAll(seed: number, batch?: readonly SceneGraph[]): Promise<Mined>;
  /** The same each time. */
  mineOnce(): Promise<Mined>;
  forEachNegative(check: (negative: Negative, graph: SceneGraph) => void): Promise<void>;
}

type Mined = Awaited<ReturnType<NegativeMiner["mine"]>>;

function createMining(create: Mining["create"], options: TestNegativeMinerOptions): Mining {
  const toGraph = options.parse ?? parse;
  const captions = [...conformanceCaptions, ...(options.captions ?? [])];
  const graphs = captions.map(toGraph);
  const mineAll = async (seed: number, batch: readonly SceneGraph[] = graphs) => {
    const miner = await create();
    const mined = await miner.mine(batch, { rng: seededRng(seed) });
    await miner.dispose?.();
    return mined;
  };
  let kept: Promise<Mined> | undefined;
  const mineOnce = () => {
    kept ??= mineAll(7);
    return kept;
  };
  const forEachNegative: Mining["forEachNegative"] = async (check) => {
    const mined = await mineOnce();
    graphs.forEach((graph, i) => {
      for (const negative of mined[i] ?? []) check(negative, graph);
    });
  };
  return { create, options, captions, toGraph, graphs, mineAll, mineOnce, forEachNegative };
}

/** What a miner is, and that it finds something. */
function testLists({ create, options, graphs, mineAll, mineOnce }: Mining): void {
  it("has a name and a version", async () => {
    const miner = await create();
    expect(miner.name).toMatch(/\S/);
    expect(miner.version).toMatch(/\S/);
    await miner.dispose?.();
  });

  it("returns one list for each graph", async () => {
    const mined = await mineOnce();
    expect(mined).toHaveLength(graphs.length);
    for (const negatives of mined) expect(Array.isArray(negatives)).toBe(true);
  });

  it("finds negatives", async () => {
    const covered = (await mineOnce()).filter((negatives) => negatives.length > 0).length;
    expect(covered).toBeGreaterThan(0);
    expect(covered / graphs.length).toBeGreaterThanOrEqual(options.minCoverage ?? 0);
  });

  it("gives the same bytes for the same seed", async () => {
    expect(JSON.stringify(await mineAll(7))).toBe(JSON.stringify(await mineOnce()));
  });
}

/** The guarantee, and what each negative carries. */
function testNegatives({ forEachNegative, mineOnce }: Mining): void {
  it("returns only negatives: another text, and facts that do not follow from the caption", async () => {
    await forEachNegative((negative, graph) => {
      expect(isNegative(negative, graph), `"${negative.caption}" is no negative of "${graph.caption}"`).toBe(true);
    });
  });

  it("gives edits that turn the source text into the negative", async () => {
    await forEachNegative((negative, graph) => {
      const source = negative.source ?? graph.caption;
      expect(negative.edits.length).toBeGreaterThan(0);
      let end = 0;
      for (const { span } of negative.edits) {
        expect(span.start, `edits of "${negative.caption}" overlap or are not in order`).toBeGreaterThanOrEqual(end);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        end = span.end;
      }
      expect(end).toBeLessThanOrEqual(source.length);
      expect(replaceSpans(source, negative.edits)).toBe(negative.caption);
    });
  });

  it("gives a graph of the negative text, with spans inside it", async () => {
    await forEachNegative(({ caption, graph }) => {
      expect(graph.caption).toBe(caption);
      const ids = new Set(graph.objects.map(({ id }) => id));
      expect(ids.size).toBe(graph.objects.length);
      for (const { subject, object } of graph.relations) {
        expect(
          ids.has(subject) && ids.has(object),
          `a relation of "${caption}" names an object that is not there`,
        ).toBe(true);
      }
      const spans = [
        ...graph.objects.flatMap(({ span, attributes }) => [span, ...attributes.map((attribute) => attribute.span)]),
        ...graph.relations.map(({ span }) => span),
      ];
      for (const { start, end } of spans) {
        expect(start >= 0 && start <= end && end <= caption.length, `a span of "${caption}" lies outside it`).toBe(
          true,
        );
      }
    });
  });

  it("gives each text once", async () => {
    for (const negatives of await mineOnce()) {
      const texts = negatives.map(({ caption }) => normaliseCaption(caption));
      expect(new Set(texts).size).toBe(texts.length);
    }
  });
}

/** Input that stays as it was, little or none of it, and a caller who stops. */
function testInput({ create, captions, toGraph, graphs, mineAll, mineOnce }: Mining): void {
  it("does not change its input", async () => {
    await mineOnce();
    await mineAll(5, deepFreeze(structuredClone(graphs)));
    expect(JSON.stringify(graphs)).toBe(JSON.stringify(captions.map(toGraph)));
  });

  it("takes an empty batch", async () => {
    expect(await mineAll(1, [])).toEqual([]);
  });

  it("takes captions without objects and without text", async () => {
    const empty = ["", "   ", "!!!"].map(
      (caption): SceneGraph => ({ caption, objects: [], relations: [], diagnostics: [] }),
    );
    expect(await mineAll(1, empty)).toEqual([[], [], []]);
  });

  it("stops when the signal is aborted", async () => {
    const miner = await create();
    const signal = AbortSignal.abort(new Error("stopped by the caller"));
    await expect(async () => miner.mine(graphs, { rng: seededRng(1), signal })).rejects.toThrow(
      "stopped by the caller",
    );
    await miner.dispose?.();
  });
}

/** A small seeded generator (mulberry32), so that the suite needs no other package. */
export function seededRng(seed: number): Rng {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
