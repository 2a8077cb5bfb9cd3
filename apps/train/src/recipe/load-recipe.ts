import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { loadVocabulary } from "@tesserae/negatives/load";
import { suggestion } from "@tesserae/shared";
import { recipes } from "../recipes/recipes.js";
import type { Step } from "../steps/step.js";
import { TrainError } from "../train-error.js";
import type { CommonFlags } from "./common-flags.js";
import type { Recipe } from "./define-recipe.js";
import { importFile } from "./import-file.js";
import { resolveMiner } from "./load-miner.js";
import { mineOffline } from "./mine-offline.js";
import type { RecipeRequest } from "./recipe-request.js";
import { checkFlags, type LooseFlags, overlay, parseSetting } from "./settings.js";

/** A recipe with its flags filled in, ready to be run. */
export interface LoadedRecipe {
  readonly name: string;
  readonly scale: string;
  /** All flags; values that are no plain data stand in `described` by name, version and options. */
  readonly flags: CommonFlags & LooseFlags;
  /** The flags as plain JSON. */
  readonly described: LooseFlags;
  readonly steps: readonly Step[];
  /** What it was loaded from: enough to load it again in another thread. */
  readonly request: RecipeRequest;
  /** Files of the user's that it is made of, by what they are: `recipe`, `miner`, `vocabulary` (a folder). */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Finds a recipe, lays scale and settings over its flags, checks them all and makes its steps.
 *
 * @throws TrainError for an unknown recipe, scale or flag, a wrong value, or a file that is missing
 */
export async function loadRecipe(request: RecipeRequest): Promise<LoadedRecipe> {
  const { recipe, where } = await findRecipe(request.recipe);
  const scale = request.scale ?? (Object.hasOwn(recipe.scales, "world") ? "world" : Object.keys(recipe.scales)[0]);
  if (scale !== undefined && !Object.hasOwn(recipe.scales, scale)) {
    throw new TrainError(
      `--scale ${scale}: ${where} has no such scale; ${suggestion(scale, Object.keys(recipe.scales))}`,
    );
  }
  const own = recipe.flags as LooseFlags;
  const scaled = overlay(own, scale === undefined ? {} : (recipe.scales[scale] as LooseFlags));
  const set = (request.settings ?? []).reduce<LooseFlags>(
    (flags, setting) => overlay(flags, parseSetting(setting)),
    scaled,
  );
  if (request.miner !== undefined && !Object.hasOwn(own, "miner")) {
    throw new TrainError(
      `--miner ${request.miner}: ${where} has no flag "miner", so it would do nothing; take another recipe`,
    );
  }
  const chosen = request.miner === undefined ? set : { ...set, miner: request.miner };
  const { miner, vocabulary, ...plain } = chosen;
  const checked = checkFlags(plain, without(own, ["miner", "vocabulary"]), where) as CommonFlags & LooseFlags;
  const flags: CommonFlags & LooseFlags = {
    ...checked,
    ...(miner === undefined ? {} : { miner: await minerOf(miner, checked) }),
    ...(vocabulary === undefined ? {} : { vocabulary: vocabularyOf(vocabulary, request.tellMissing) }),
  };
  const steps = recipe.steps(flags as never);
  checkSteps(steps, where);
  const files = Object.fromEntries(
    Object.entries({ recipe: request.recipe, miner, vocabulary }).filter(
      ([, value]) => typeof value === "string" && existsSync(value) && !recipes.some(({ name }) => name === value),
    ),
  ) as Record<string, string>;
  const { tellMissing: _, ...loadedFrom } = request;
  return {
    name: recipe.name,
    scale: scale ?? "",
    flags,
    described: describe(flags),
    steps,
    request: loadedFrom,
    files,
  };
}

async function findRecipe(reference: string): Promise<{ readonly recipe: Recipe; readonly where: string }> {
  const builtIn = recipes.find(({ name }) => name === reference);
  if (builtIn !== undefined) return { recipe: builtIn as Recipe, where: `recipe ${reference}` };
  const path = resolve(reference);
  if (!existsSync(path)) {
    const known = recipes.map(({ name }) => name);
    throw new TrainError(
      `${reference}: no such recipe or file; ${suggestion(reference, known)}; or give a .ts or .js file`,
    );
  }
  const exported = await importFile(path, reference);
  if (!isRecipe(exported)) {
    throw new TrainError(
      `${reference}: its default export is no recipe; expected defineRecipe({ name, flags, scales, steps })`,
    );
  }
  return { recipe: exported, where: reference };
}

function isRecipe(value: unknown): value is Recipe {
  const recipe = value as Partial<Recipe> | null | undefined;
  return typeof recipe?.steps === "function" && typeof recipe.name === "string" && typeof recipe.flags === "object";
}

function checkSteps(steps: readonly Step[], where: string): void {
  const names = steps.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (steps.length === 0) throw new TrainError(`${where}: has no steps with these flags`);
  if (twice !== undefined)
    throw new TrainError(`${where}: two steps are named "${twice}"; give each a name of its own`);
}

/** A miner as a value: loaded where it is given by name, and made to work once a caption where the flags say so. */
async function minerOf(miner: unknown, flags: CommonFlags) {
  const { value, prepared } = await resolveMiner(miner, flags);
  return flags.mining === "offline" || prepared ? mineOffline(value, flags.seed, prepared) : value;
}

function vocabularyOf(vocabulary: unknown, tellMissing?: (line: string) => void): unknown {
  if (vocabulary === "corpus" || typeof vocabulary !== "string") return vocabulary;
  if (!existsSync(vocabulary) && tellMissing) {
    tellMissing(
      `vocabulary ${vocabulary}: no such folder; word lists of Visual Genome (the 1,600 objects and 400 attributes that go with bottom-up attention, its relations), or --set vocabulary=corpus`,
    );
    return "corpus";
  }
  try {
    return loadVocabulary(vocabulary);
  } catch (cause) {
    throw new TrainError(
      `--set vocabulary=${vocabulary}: ${(cause as Error).message}; give a folder of word lists, or "corpus"`,
      { cause },
    );
  }
}

function without(flags: LooseFlags, keys: readonly string[]): LooseFlags {
  return Object.fromEntries(Object.entries(flags).filter(([key]) => !keys.includes(key)));
}

/** Flags as plain JSON: a value with a name and a version stands for itself. */
function describe(flags: LooseFlags): LooseFlags {
  return JSON.parse(
    JSON.stringify(flags, (key, value: unknown) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      const { name, version, options } = value as { name?: unknown; version?: unknown; options?: unknown };
      if (typeof name === "string" && typeof version === "string")
        return { name, version, ...(options ? { options } : {}) };
      if (key === "vocabulary" && "objects" in value) return "word lists";
      return value;
    }),
  ) as LooseFlags;
}
