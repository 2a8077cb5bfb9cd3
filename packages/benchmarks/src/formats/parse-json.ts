import type { z } from "zod";
import { BenchmarkError } from "../benchmark/benchmark-error.js";
import { refuseRepeated } from "./refuse-repeated.js";

/**
 * Parses JSON of a known form.
 *
 * @param source the file, for messages.
 * @param origin where an official file comes from.
 * @throws BenchmarkError that names the file, the place in it and what was expected.
 */
export function parseJson<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  source: string,
  origin: string,
): z.infer<Schema> {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new BenchmarkError(`${source}: not JSON (${(error as Error).message}); expected a file of ${origin}`);
  }
  refuseRepeated(outermostKeys(text), source, origin);
  return checked(content, schema, source, origin);
}

/** One value a line; empty lines do not count. @throws BenchmarkError that names file and line */
export function parseJsonLines<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  source: string,
  origin: string,
): z.infer<Schema>[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index) =>
    line.trim() === "" ? [] : [parseJson(line, schema, `${source}:${index + 1}`, origin)],
  );
}

function checked<Schema extends z.ZodType>(
  content: unknown,
  schema: Schema,
  source: string,
  origin: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue!.path.length === 0 ? "" : ` entry ${issue!.path.map(String).join(".")}:`;
  throw new BenchmarkError(`${source}:${place} ${issue!.message}; expected the form of ${origin}`);
}

/** Keys of the outermost object, repeated ones too, of which `JSON.parse` would keep the last. */
function outermostKeys(text: string): readonly string[] {
  const keys: string[] = [];
  let depth = 0;
  for (const [token, key] of text.matchAll(/("(?:[^"\\]|\\.)*"\s*:)|"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    else if (key !== undefined && depth === 1) keys.push(JSON.parse(key.replace(/\s*:$/, "")));
  }
  return keys;
}
