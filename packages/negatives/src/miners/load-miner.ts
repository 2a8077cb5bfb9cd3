import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createJiti } from "jiti";
import type { NegativeMiner } from "../contract/negative-miner.js";
import type { Vocabulary } from "../vocabulary/build-vocabulary.js";
import { builtInMiners } from "./built-in-miners.js";

export interface LoadMinerOptions {
  /** What built-in miners draw replacements from. */
  readonly vocabulary: Vocabulary;
  /** Modules that a miner's file may import without having them installed, besides this package and `@tesserae/scene-graph`. */
  readonly providedModules?: Readonly<Record<string, () => Promise<unknown>>>;
}

export type LoadMinerErrorCode = "unknown-name" | "no-such-file" | "does-not-load" | "not-a-miner";

/** Why there is no miner of a reference. */
export class LoadMinerError extends Error {
  override readonly name = "LoadMinerError";
  constructor(
    readonly code: LoadMinerErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const ownModules = {
  "@tesserae/negatives": () => import("../index.js"),
  "@tesserae/scene-graph": () => import("@tesserae/scene-graph"),
};

/**
 * The miner of a built-in name, a file (`./my-miner.ts`, TypeScript too) or an installed package. A module's default export is a miner or a
 * function that returns one. What a file imports is looked for beside it first, then among `providedModules`.
 *
 * @throws LoadMinerError where there is none of that name, it cannot be loaded or it is no miner
 */
export async function loadMiner(
  reference: string,
  { vocabulary, providedModules = {} }: LoadMinerOptions,
): Promise<NegativeMiner> {
  const builtIn = Object.hasOwn(builtInMiners, reference) ? builtInMiners[reference] : undefined;
  if (builtIn !== undefined) return builtIn(vocabulary);
  const isPath = /^[./~]|[\\/]|\.[cm]?[jt]s$/.test(reference) && !reference.startsWith("@");
  const file = resolve(reference);
  const names = Object.keys(builtInMiners).join(", ");
  if (isPath && !existsSync(file)) {
    throw new LoadMinerError(
      "no-such-file",
      `${reference}: no such file; give a built-in name (${names}), a file or an installed package`,
    );
  }
  const parent = pathToFileURL(isPath ? file : resolve("package.json")).href;
  if (!isPath && !isInstalled(reference, parent)) {
    throw new LoadMinerError("unknown-name", `${reference}: unknown miner; there are: ${names}`);
  }
  let miner: unknown;
  try {
    const exported = await importFromUser(isPath ? file : reference, parent, { ...ownModules, ...providedModules });
    miner = typeof exported === "function" ? await exported() : exported;
  } catch (cause) {
    const [message] = String(cause instanceof Error ? cause.message : cause).split("\n");
    throw new LoadMinerError("does-not-load", `${reference}: does not load: ${message}`, { cause });
  }
  if (isMiner(miner)) return miner;
  throw new LoadMinerError(
    "not-a-miner",
    `${reference}: its default export must be a NegativeMiner { name, version, mine } or a function that returns one`,
  );
}

/** Whether a module is found from `parent`. */
function isInstalled(name: string, parent: string): boolean {
  return createJiti(parent).esmResolve(name, { try: true }) !== undefined;
}

/** Imports a module as seen from `parent`: with what the user has installed there, else with the provided modules. */
async function importFromUser(
  reference: string,
  parent: string,
  providedModules: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<unknown> {
  const missing = Object.entries(providedModules).filter(([name]) => !isInstalled(name, parent));
  const provided = await Promise.all(missing.map(async ([name, load]) => [name, await load()] as const));
  return createJiti(parent, { virtualModules: Object.fromEntries(provided) }).import(reference, { default: true });
}

function isMiner(value: unknown): value is NegativeMiner {
  const miner = value as Partial<NegativeMiner> | null | undefined;
  return typeof miner?.name === "string" && typeof miner.version === "string" && typeof miner.mine === "function";
}
