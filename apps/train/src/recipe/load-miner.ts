import { builtInMiners, type NegativeMiner, type Vocabulary } from "@tesserae/negatives";
import { LoadMinerError, loadMiner as load } from "@tesserae/negatives/load";
import { suggestion } from "@tesserae/shared";
import { TrainError } from "../train-error.js";

export { builtInMiners };

/** The miners of the methods that can be trained: what a caption is shown with, and coverage is counted of. */
export const methodMiners: readonly string[] = ["mosaiclip", "negclip", "structure-clip"];

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
