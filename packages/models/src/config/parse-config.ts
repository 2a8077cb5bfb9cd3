import type { z } from "zod";
import { ModelError } from "../model-error.js";

/**
 * Checks a configuration and fills in its defaults.
 *
 * @param where what it is, to name in errors: "vision", "config.json: text_config".
 * @param alsoKnown fields that are allowed besides the schema's, for the list of an error.
 * @throws ModelError naming the first field that is unknown or wrong, what it holds, and what is expected.
 */
export function parseConfig<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: string,
  alsoKnown: readonly string[] = [],
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  // A misspelt field first: what it was meant to be is missing because of it.
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0]!;
  throw new ModelError(describe(issue, value, where, [...alsoKnown, ...fieldsOf(schema)]));
}

/** How a field is called in errors: "vision.width", "config.json: hidden_size". */
export function fieldAt(where: string, field: string): string {
  return where.endsWith(".json") ? `${where}: ${field}` : `${where}.${field}`;
}

function describe(issue: z.core.$ZodIssue, value: unknown, where: string, fields: readonly string[]): string {
  const label = issue.path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : fieldAt(text, String(part))),
    where,
  );
  const found = issue.path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown>)[part], value);
  switch (issue.code) {
    case "unrecognized_keys":
      return `${fieldAt(label, issue.keys[0]!)} is unknown; the fields of ${label} are ${fields.join(", ")}.`;
    case "invalid_value":
      return `${label} is ${shown(found)}; expected one of ${issue.values.join(", ")}.`;
    case "custom":
      return `${label} ${issue.message}`;
    default:
      return `${label} is ${shown(found)}; ${isObjectExpected(issue) ? "an object" : issue.message} is expected.`;
  }
}

function isObjectExpected(issue: z.core.$ZodIssue): boolean {
  return issue.code === "invalid_type" && issue.expected === "object";
}

function shown(value: unknown): string {
  return typeof value === "number" || value === undefined ? String(value) : JSON.stringify(value);
}

/** The fields of an object's schema, through the transformations that follow it. */
function fieldsOf(schema: z.ZodType): string[] {
  const { shape, in: inner } = schema.def as { shape?: Record<string, unknown>; in?: z.ZodType };
  if (shape !== undefined) return Object.keys(shape);
  return inner === undefined ? [] : fieldsOf(inner);
}
