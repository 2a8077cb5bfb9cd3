/**
 * A Python list literal of texts and whole numbers, as `repr` writes it: `parsePythonList` and Python's
 * `ast.literal_eval` read it.
 */
export function formatPythonList(values: readonly (string | number)[]): string {
  return `[${values.map((value) => (typeof value === "number" ? String(value) : quoted(value))).join(", ")}]`;
}

/** In single quotes; in double quotes where the text has single ones and no double ones. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll(quote, `\\${quote}`)
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return `${quote}${escaped}${quote}`;
}
