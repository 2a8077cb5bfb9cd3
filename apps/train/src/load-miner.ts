import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { mosaiclip, type NegativeMiner, negclip, structureClip, type Vocabulary } from "@tesserae/negatives";
import { createJiti } from "jiti";
import { TrainError } from "./errors.js";
import { suggestion } from "./nearest.js";

/** The built-in miners by the name that `--miner` takes; MosaiCLIP's draws its replacements from the vocabulary. */
export const builtInMiners: Readonly<Record<string, (vocabulary: Vocabulary) => NegativeMiner>> = {
  mosaiclip: (vocabulary) => mosaiclip({ vocabulary }),
  negclip: () => negclip(),
  "structure-clip": () => structureClip(),
};

/**
 * The miner of a name, a file (`./my-miner.ts`) or an installed package. A module's default export is a miner or a
 * function that returns one.
 * @throws TrainError when there is none of that name, the module does not load, or its export is not a miner
 */
export async function loadMiner(reference: string, vocabulary: Vocabulary): Promise<NegativeMiner> {
  const builtIn = builtInMiners[reference];
  if (builtIn !== undefined) return builtIn(vocabulary);
  const isPath = /^[./~]|[\\/]|\.[cm]?[jt]s$/.test(reference) && !reference.startsWith("@");
  const file = resolve(reference);
  if (isPath && !existsSync(file)) {
    throw new TrainError(
      `--miner ${reference}: no such file; give a built-in name (${Object.keys(builtInMiners).join(", ")}), a file or an installed package`,
    );
  }
  let exported: unknown;
  try {
    // Resolved from the user's folder, so that a miner may import what the user has installed; then from ours.
    const jiti = createJiti(isPath ? pathToFileURL(file).href : pathToFileURL(resolve("package.json")).href);
    exported = await jiti.import(isPath ? file : reference, { default: true });
  } catch (cause) {
    const message = (cause as Error).message.split("\n")[0];
    throw new TrainError(
      isPath
        ? `--miner ${reference}: does not load: ${message}`
        : `--miner ${reference}: unknown miner; ${suggestion(reference, Object.keys(builtInMiners))}; or give a file such as ./my-miner.ts or an installed package`,
      { cause },
    );
  }
  const miner: unknown = typeof exported === "function" ? await exported() : exported;
  if (!isMiner(miner)) {
    throw new TrainError(
      `--miner ${reference}: its default export must be a NegativeMiner { name, version, mine } or a function that returns one`,
    );
  }
  return miner;
}

function isMiner(value: unknown): value is NegativeMiner {
  const miner = value as Partial<NegativeMiner> | null;
  return typeof miner?.name === "string" && typeof miner.version === "string" && typeof miner.mine === "function";
}
