import { buildVocabulary, builtInMiners, type NegativeMiner, type Vocabulary } from "@tesserae/negatives";
import { LoadMinerError, loadMiner as load } from "@tesserae/negatives/load";
import { parse } from "@tesserae/scene-graph";
import { suggestion } from "@tesserae/shared";
import { openData } from "../data/open-data.js";
import { isPrepared, openPrepared, type PreparedTexts } from "../prepare/open-prepared.js";
import { TrainError } from "../train-error.js";
import type { CommonFlags } from "./common-flags.js";

export { builtInMiners };

/** What a miner's file may import without having it installed: the app then lends its own copy. */
const providedModules = {
  "@tesserae/augment": () => import("@tesserae/augment"),
  "@tesserae/data": () => import("@tesserae/data"),
  "@tesserae/world": () => import("@tesserae/world"),
};

/**
 * The miner of a name, a file (`../my-miner.ts`) or an installed package. A module's default export is a miner or a
 * function that returns one.
 * @throws TrainError when there is none of that name, the module does not load, or its export is not a miner
 */
export async function loadMiner(reference: string, vocabulary: Vocabulary): Promise<NegativeMiner> {
  try {
    return await load(reference, { vocabulary, providedModules });
  } catch (cause) {
    if (!(cause instanceof LoadMinerError)) throw cause;
    const message =
      cause.code === "unknown-name"
        ? `${reference}: unknown miner; ${suggestion(reference, Object.keys(builtInMiners))}; or give a file such as ./my-miner.ts or an installed package`
        : cause.message;
    throw new TrainError(`--miner ${message}`, { cause });
  }
}

/** A miner of a recipe, and the texts that were prepared with it, where the data is a prepared folder. */
export interface ResolvedMiner {
  readonly value: NegativeMiner;
  readonly prepared?: PreparedTexts;
}

/**
 * The miner that a flag means: a value as it is, or the one of a name, a file or a package. Miners that are given by name draw from the
 * words of the training captions.
 *
 * @throws TrainError for what is neither
 */
export async function resolveMiner(miner: unknown, flags: CommonFlags): Promise<ResolvedMiner> {
  const prepared = (await isPrepared(flags.data)) ? (await openPrepared(flags.data, flags.images)).texts : undefined;
  const found = prepared ? { prepared } : {};
  if (typeof miner === "string") {
    const { train } = await openData(flags);
    const vocabulary = buildVocabulary(train.samples.flatMap(({ captions }) => captions.map((text) => parse(text))));
    return { value: await loadMiner(miner, vocabulary), ...found };
  }
  if (typeof (miner as Partial<NegativeMiner> | null)?.mine === "function")
    return { value: miner as NegativeMiner, ...found };
  throw new TrainError(
    `miner is ${typeof miner}; expected a miner { name, version, mine }, a built-in name, a file or a package`,
  );
}
