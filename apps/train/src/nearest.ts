import leven from "leven";

/** The name of `names` that is closest to `name`, or undefined when none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((candidate) => ({ candidate, distance: leven(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(2, name.length / 2) ? best.candidate : undefined;
}

/** "Did you mean …?" when something near exists, else a list of what exists. */
export function suggestion(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near === undefined ? `known: ${names.join(", ")}` : `did you mean "${near}"? (known: ${names.join(", ")})`;
}
