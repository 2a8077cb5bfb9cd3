/** The keys in which two records differ, each with both values; dots reach into records. */
export function changedKeys(saved: unknown, now: unknown, path = ""): string[] {
  if (JSON.stringify(saved) === JSON.stringify(now)) return [];
  if (!isRecord(saved) || !isRecord(now)) {
    const shown = (value: unknown) => (value === undefined ? "not set" : JSON.stringify(value));
    return [`${path} was ${shown(saved)} and is ${shown(now)}`];
  }
  const keys = [...new Set([...Object.keys(saved), ...Object.keys(now)])];
  return keys.flatMap((key) => changedKeys(saved[key], now[key], path === "" ? key : `${path}.${key}`));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
