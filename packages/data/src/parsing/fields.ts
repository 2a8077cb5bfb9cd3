/** A parsed JSON object, or undefined for anything else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The texts of a list that are not blank, trimmed; undefined when it is not a list of texts or none is left. */
export function asCaptions(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) return undefined;
  const captions = value.map((caption) => caption.trim()).filter((caption) => caption !== "");
  return captions.length > 0 ? captions : undefined;
}

/** A value that is not what was expected, short enough for a message of one line. */
export function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

/** JSON's value, or the parser's complaint in one line. */
export function parseJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: (error as Error).message.replace(/\s+/g, " ") };
  }
}
