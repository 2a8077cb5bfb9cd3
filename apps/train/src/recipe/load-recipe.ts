import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { suggestion } from "@tesserae/shared";
import { createJiti } from "jiti";
import type { z } from "zod";
import { appFolder } from "../app-folder.js";
import { type TrainConfig, trainConfigSchema } from "./common-flags.js";
import { TrainError } from "../train-error.js";

/**
 * Reads a configuration file (TypeScript or JavaScript, default export) and applies `key=value` settings on it.
 * @param path relative to the working directory, else to this app's own folder (`configs/…` ships with it)
 * @param settings as `key=value`; dots reach into records (`model.text.layers=2`), values are JSON or plain text
 * @throws TrainError when the file is missing, does not load, or holds an unknown key or a wrong value
 */
export async function loadConfig(path: string, settings: readonly string[] = []): Promise<TrainConfig> {
  const file = [resolve(path), resolve(fileURLToPath(appFolder), path)].find((candidate) => existsSync(candidate));
  if (file === undefined)
    throw new TrainError(`${path}: no such configuration file; give the path of a .ts or .js file`);
  let exported: unknown;
  try {
    exported = await createJiti(import.meta.url).import(file, { default: true });
  } catch (cause) {
    throw new TrainError(`${path}: does not load: ${(cause as Error).message}`, { cause });
  }
  if (typeof exported !== "object" || exported === null) {
    throw new TrainError(`${path}: its default export must be a configuration object`);
  }
  const input = structuredClone(exported) as Record<string, unknown>;
  for (const setting of settings) applySetting(input, setting);
  return parseConfig(input, path);
}

/** Checks a configuration and fills in the defaults. @throws TrainError that names every wrong key, one a line */
export function parseConfig(input: unknown, where: string): TrainConfig {
  const result = trainConfigSchema.safeParse(input);
  if (!result.success) {
    throw new TrainError(result.error.issues.map((issue) => `${where}: ${describeIssue(issue)}`).join("\n"));
  }
  const config = result.data;
  if ((config.steps === undefined) === (config.epochs === undefined)) {
    throw new TrainError(`${where}: give either "steps" or "epochs" (exactly one of them)`);
  }
  if (config.pretrained !== undefined && Object.hasOwn(input as object, "model")) {
    throw new TrainError(`${where}: with "pretrained" the model is that of ${config.pretrained}; leave "model" out`);
  }
  if (config.method === "clip" && config.miner !== undefined) {
    throw new TrainError(
      `${where}: method "clip" trains without negatives, so miner "${config.miner}" would do nothing; use --set method=negclip`,
    );
  }
  if (config.lockImage && config.lockText) {
    throw new TrainError(`${where}: "lockImage" and "lockText" together leave nothing to train; give one of them`);
  }
  return config;
}

function applySetting(input: Record<string, unknown>, setting: string): void {
  const equals = setting.indexOf("=");
  if (equals < 1) throw new TrainError(`--set ${setting}: expected key=value, as in --set batchSize=32`);
  const keys = setting.slice(0, equals).split(".");
  const text = setting.slice(equals + 1);
  let target = input;
  for (const key of keys.slice(0, -1)) {
    if (typeof target[key] !== "object" || target[key] === null) target[key] = {};
    target = target[key] as Record<string, unknown>;
  }
  target[keys.at(-1)!] = parseValue(text);
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return `"${path}": ${issue.message}`;
  const known = knownKeys(issue.path);
  return issue.keys
    .map((key) => `unknown key "${[...issue.path, key].join(".")}"; ${suggestion(key, known)}`)
    .join("; ");
}

/** Keys of the record at `path`, read off the schema itself. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: z.core.$ZodType = trainConfigSchema;
  for (const key of [...path, undefined]) {
    while ("innerType" in schema._zod.def) schema = schema._zod.def.innerType as z.core.$ZodType;
    const shape = (schema as z.ZodObject).shape;
    if (key === undefined) return Object.keys(shape);
    schema = shape[key as string]!;
  }
  return [];
}
