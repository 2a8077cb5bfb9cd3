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

/** What a miner's file may import without having it installed: the app then lends its own copy. */
const lentModules = [
  "@tesserae/augment",
  "@tesserae/data",
  "@tesserae/data/world",
  "@tesserae/negatives",
  "@tesserae/scene-graph",
];

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
    exported = await importFromUser(isPath ? file : reference, isPath ? file : resolve("package.json"));
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

/** Imports a module as seen from `parent`: with what the user has installed there, else with what the app has. */
async function importFromUser(reference: string, parent: string): Promise<unknown> {
  const parentUrl = pathToFileURL(parent).href;
  const installed = createJiti(parentUrl);
  const missing = lentModules.filter((name) => installed.esmResolve(name, { try: true }) === undefined);
  const lent = await Promise.all(missing.map(async (name) => [name, await import(name)] as const));
  return createJiti(parentUrl, { virtualModules: Object.fromEntries(lent) }).import(reference, { default: true });
}

function isMiner(value: unknown): value is NegativeMiner {
  const miner = value as Partial<NegativeMiner> | null;
  return typeof miner?.name === "string" && typeof miner.version === "string" && typeof miner.mine === "function";
}
