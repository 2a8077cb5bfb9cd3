import { clipLoss, type Loss, mosaiclipLoss, negclipLoss, structureClipLoss } from "@tesserae/losses";
import { mosaiclip, mosaiclipPairs, type NegativeMiner, negclip, type Vocabulary } from "@tesserae/negatives";
import type { SceneGraph } from "@tesserae/scene-graph";
import type { TrainConfig } from "./recipe/common-flags.js";
import { loadMiner } from "./recipe/load-miner.js";
import { type MinedTexts, mineOnce } from "./objective/prepared-texts.js";
import type { Rng } from "./loop/rng.js";
import { TrainError } from "./train-error.js";

/** What one image is compared with: texts that are true of it, the caption first, and texts that are not. */
export interface SampleTexts {
  readonly positives: readonly string[];
  readonly negatives: readonly string[];
  /** Graphs of the texts, where they are compared with the other images' captions too (see `Method.matching`). */
  readonly graphs?: ReadonlyMap<string, SceneGraph>;
}

/** A training method: its loss, and the texts that it makes of each caption's graph. */
export interface Method {
  readonly loss: Loss;
  /** The miner whose negatives are trained on; null when the method has none. */
  readonly miner: Pick<NegativeMiner, "name" | "version"> | null;
  /** Most positives and negatives that one image can have; batches are padded to these. */
  readonly maxPositives: number;
  readonly maxNegatives: number;
  /**
   * Whose positive a text is: "own", of the image that it was made for; "graph", of every image of the batch whose caption's
   * graph says it (`matchTexts`); different texts then stand once in a batch.
   */
  readonly matching: "own" | "graph";
  /** Texts of each graph, drawn anew at every call. */
  texts(graphs: readonly SceneGraph[], rng: Rng): Promise<readonly SampleTexts[]>;
  dispose(): Promise<void>;
}

/**
 * Builds the method that a configuration names.
 * @param prepared texts that `prepare` mined, in place of a miner's at work
 * @throws TrainError for a miner that is unknown, or is not the one that the captions were prepared with
 */
export async function createMethod(
  config: TrainConfig,
  vocabulary: Vocabulary,
  prepared?: MinedTexts,
): Promise<Method> {
  const custom = config.miner === undefined ? undefined : await loadMiner(config.miner, vocabulary);
  if (config.method !== "clip" && (prepared !== undefined || config.negatives === "once")) {
    const mined = prepared ?? mineOnce(custom ?? (await loadMiner(config.method, vocabulary)), config.seed);
    if (custom && (custom.name !== mined.miner.name || custom.version !== mined.miner.version)) {
      throw new TrainError(
        `the captions were prepared with miner ${mined.miner.name} ${mined.miner.version}, not ${custom.name} ${custom.version}; leave out the miner, or prepare them again`,
      );
    }
    return minedMethod(config, mined);
  }
  switch (config.method) {
    case "clip":
      return captionMethod(lossOf(config), null, 0);
    case "negclip":
    case "structure-clip":
      return captionMethod(
        lossOf(config),
        custom ?? (await loadMiner(config.method, vocabulary)),
        config.maxNegatives ?? 1,
      );
    case "mosaiclip":
      return mosaiclipMethod(config, vocabulary, custom);
  }
}

function lossOf({ method, variant }: TrainConfig): Loss {
  switch (method) {
    case "clip":
      return clipLoss();
    case "negclip":
      return negclipLoss();
    case "structure-clip":
      return structureClipLoss({ variant });
    case "mosaiclip":
      return mosaiclipLoss();
  }
}

/** The caption is the one positive; negatives are drawn from what the miner finds (CLIP, NegCLIP, Structure-CLIP). */
function captionMethod(loss: Loss, miner: NegativeMiner | null, maxNegatives: number): Method {
  return {
    loss,
    miner,
    maxPositives: 1,
    maxNegatives,
    matching: "own",
    texts: async (graphs, rng) => {
      const mined = await miner?.mine(graphs, { rng });
      return graphs.map((graph, index) => ({
        positives: [graph.caption],
        negatives: draw(mined?.[index]?.map((negative) => negative.caption) ?? [], maxNegatives, rng),
      }));
    },
    dispose: async () => miner?.dispose?.(),
  };
}

/**
 * MosaiCLIP (papers' App. B and H.1): the caption and at most `maxPositives` of its sub-graphs are positives; one
 * NegCLIP swap of the caption, as in the paper's pre-training, and edited sub-graphs are negatives. That the caption
 * itself is a positive is a reconstruction: the paper does not say. Its P(i) holds every text of the batch whose graph is part
 * of the image's, other images' sub-graphs included: matching "graph", the default. With a miner of the user's, its negatives of the
 * caption take the place of both.
 */
function mosaiclipMethod(config: TrainConfig, vocabulary: Vocabulary, custom: NegativeMiner | undefined): Method {
  const { maxPositives, maxNegatives = 6, probabilities, formWeights } = config;
  const options = { vocabulary, maxPositives, maxNegatives, probabilities, formWeights };
  const swaps = custom ?? negclip();
  return {
    loss: lossOf(config),
    miner: custom ?? mosaiclip({ vocabulary }),
    maxPositives: 1 + maxPositives,
    maxNegatives,
    matching: config.matching,
    texts: async (graphs, rng) => {
      const mined = await swaps.mine(graphs, { rng });
      return graphs.map((graph, index) => {
        const pairs = mosaiclipPairs(graph, options, rng);
        const whole = mined[index] ?? [];
        const made =
          custom === undefined ? [...draw(whole, 1, rng), ...pairs.negatives] : draw(whole, maxNegatives, rng);
        const negatives = made.slice(0, maxNegatives);
        const positives = pairs.positives.slice(0, maxPositives);
        const texts = (list: readonly { readonly caption: string }[]) => list.map(({ caption }) => caption);
        return {
          positives: [graph.caption, ...texts(positives)],
          negatives: texts(negatives),
          graphs: new Map([
            [graph.caption, graph] as const,
            ...positives.map((positive) => [positive.caption, positive] as const),
            ...negatives.map((negative) => [negative.caption, negative.graph] as const),
          ]),
        };
      });
    },
    dispose: async () => swaps.dispose?.(),
  };
}

/** The texts are drawn from what was mined once for each caption: sub-graphs for MosaiCLIP alone, negatives for all. */
function minedMethod(config: TrainConfig, mined: MinedTexts): Method {
  const isMosaiclip = config.method === "mosaiclip";
  const maxSubGraphs = isMosaiclip ? config.maxPositives : 0;
  const maxNegatives = config.maxNegatives ?? (isMosaiclip ? 6 : 1);
  return {
    loss: lossOf(config),
    miner: mined.miner,
    maxPositives: 1 + maxSubGraphs,
    maxNegatives,
    matching: isMosaiclip ? config.matching : "own",
    texts: async (graphs, rng) => {
      const candidates = await Promise.all(graphs.map((graph) => mined.of(graph)));
      return graphs.map((graph, index) => {
        const { subGraphs, negatives } = candidates[index]!;
        const others = subGraphs.filter(({ caption }) => caption !== graph.caption);
        const positives = [graph, ...draw(others, maxSubGraphs, rng)];
        const drawn = draw(negatives, maxNegatives, rng);
        return {
          positives: positives.map(({ caption }) => caption),
          negatives: drawn.map(({ caption }) => caption),
          graphs: new Map([
            ...positives.map((positive) => [positive.caption, positive] as const),
            ...drawn.map((negative) => [negative.caption, negative.graph] as const),
          ]),
        };
      });
    },
    dispose: async () => mined.dispose?.(),
  };
}

/** At most `count` different items, in random order. */
function draw<T>(items: readonly T[], count: number, rng: Rng): T[] {
  const pool = [...items];
  const drawn: T[] = [];
  while (drawn.length < count && pool.length > 0) {
    drawn.push(...pool.splice(Math.floor(rng() * pool.length), 1));
  }
  return drawn;
}
