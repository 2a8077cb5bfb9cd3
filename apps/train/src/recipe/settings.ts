import { type ClipConfig, ModelError, resolveClipConfig } from "@tesserae/models";
import { suggestion } from "@tesserae/shared";
import type { z } from "zod";
import { TrainError } from "../train-error.js";
import { type CommonFlags, commonFlagsSchema } from "./common-flags.js";

/** Flags on their way to being checked. */
export type LooseFlags = Record<string, unknown>;

/** Names that reach into every JavaScript object, and so are no flags. */
const reserved = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Lays flags over others: records are merged, other values replaced, `undefined` unsets. A length (`steps` or `epochs`) takes the place
 * of the other one.
 */
export function overlay(base: LooseFlags, changes: LooseFlags): LooseFlags {
  const result: LooseFlags = { ...base };
  if (changes.steps !== undefined) delete result.epochs;
  if (changes.epochs !== undefined) delete result.steps;
  for (const [key, value] of Object.entries(changes)) {
    const before = result[key];
    if (value === undefined) delete result[key];
    else define(result, key, isRecord(before) && isRecord(value) ? overlay(before, value) : value);
  }
  return result;
}

/** Sets a key, whatever its name: an assignment to `__proto__` would be lost, and the name never told. */
function define(record: LooseFlags, key: string, value: unknown): void {
  Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}

/**
 * One `--set key=value`: dots reach into records (`model.text.layers=2`), values are JSON or plain text, an empty value unsets.
 *
 * @throws TrainError for another form, or a name that is reserved
 */
export function parseSetting(setting: string): LooseFlags {
  const equals = setting.indexOf("=");
  if (equals < 1) throw new TrainError(`--set ${setting}: expected key=value, as in --set batchSize=32`);
  const keys = setting.slice(0, equals).split(".");
  const wrong = keys.find((key) => reserved.has(key) || key === "");
  if (wrong !== undefined) throw new TrainError(`--set ${setting}: "${wrong}" is no name of a flag`);
  const text = setting.slice(equals + 1);
  return keys.reduceRight<unknown>(
    (value, key) => ({ [key]: value }),
    text === "" ? undefined : parseValue(text),
  ) as LooseFlags;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isRecord(value: unknown): value is LooseFlags {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/**
 * Checks flags: the recipe's own against the type of their defaults, the others against the schema, whose defaults fill in the rest.
 *
 * @param own the recipe's own flags with their defaults
 * @param where what the flags are of, for messages
 * @throws TrainError that names every wrong key, one a line
 */
export function checkFlags(flags: LooseFlags, own: LooseFlags, where: string): LooseFlags {
  const common = new Set(Object.keys(commonFlagsSchema.shape));
  const ofRecipe = Object.keys(own).filter((key) => !common.has(key));
  const known = [...ofRecipe, ...common];
  const problems = Object.keys(flags)
    .filter((key) => !known.includes(key))
    .map((key) => `${where}: unknown flag "${key}"; ${suggestion(key, known)}`);
  for (const key of ofRecipe) {
    const [is, expected] = [kindOf(flags[key]), kindOf(own[key])];
    if (is !== expected)
      problems.push(
        `${where}: "${key}" is ${shown(flags[key])}; expected ${expected === "object" ? "what the recipe has there" : `a ${expected}`}, such as ${shown(own[key])}`,
      );
  }
  const rest = Object.fromEntries(Object.entries(flags).filter(([key]) => common.has(key)));
  for (const [key, value] of Object.entries(rest)) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || isRecord(value)) continue;
    problems.push(`${where}: "${key}" is ${shown(value)}; expected a plain value`);
    delete rest[key];
  }
  const result = commonFlagsSchema.safeParse(rest);
  if (!result.success) problems.push(...result.error.issues.map((issue) => `${where}: ${describeIssue(issue, rest)}`));
  const model = result.data && modelProblem(result.data);
  if (model !== undefined) problems.push(`${where}: ${model}`);
  if (problems.length > 0) throw new TrainError(problems.join("\n"));
  const checked = { ...flags, ...result.data };
  if ((checked.steps === undefined) === (checked.epochs === undefined)) {
    throw new TrainError(`${where}: give either "steps" or "epochs" (exactly one of them)`);
  }
  if (checked.lockImage && checked.lockText) {
    throw new TrainError(`${where}: "lockImage" and "lockText" together leave nothing to train; give one of them`);
  }
  return checked;
}

/** What is wrong with the model's own flags, which its towers check; nothing where the model comes from a folder. */
function modelProblem({ model, pretrained, textTower }: CommonFlags): string | undefined {
  if (pretrained !== undefined || textTower !== undefined) return undefined;
  try {
    resolveClipConfig(model as unknown as ClipConfig);
    return undefined;
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const [, path, fields] = /^(?:config\.)?(\S+) is unknown; the fields of \S+ are (.+)\.$/.exec(error.message) ?? [];
    if (path === undefined || fields === undefined) return `model: ${error.message}`;
    return `unknown flag "model.${path}"; ${suggestion(path.slice(path.lastIndexOf(".") + 1), fields.split(", "))}`;
  }
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : value === null ? "object" : typeof value;
}

/** A value in words, whatever it is. */
function shown(value: unknown): string {
  if (value === undefined) return "not set";
  if (typeof value === "function") return "a function";
  if (typeof value === "number") return String(value); // NaN too
  const kind = typeof value === "object" ? value?.constructor?.name : undefined;
  if (kind && !["Object", "Array", "Date"].includes(kind)) return `a ${kind}`;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

function describeIssue(issue: z.core.$ZodIssue, flags: LooseFlags): string {
  const path = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return `"${path}" is ${shown(valueAt(flags, issue.path))}: ${issue.message}`;
  const known = knownKeys(issue.path);
  return issue.keys
    .map((key) => `unknown flag "${[...issue.path, key].join(".")}"; ${suggestion(key, known)}`)
    .join("; ");
}

function valueAt(flags: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (isRecord(value) ? value[key as string] : undefined), flags);
}

/** Keys of the record at `path`, read off the schema itself. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: z.core.$ZodType = commonFlagsSchema;
  for (const key of [...path, undefined]) {
    while ("innerType" in schema._zod.def) schema = schema._zod.def.innerType as z.core.$ZodType;
    const shape = (schema as z.ZodObject).shape;
    if (key === undefined) return Object.keys(shape);
    schema = shape[key as string]!;
  }
  return [];
}
