import leven from "leven";

/** What to say after an unknown name: the nearest one there is, where one is near, and all of them. */
export function suggestion(name: string, known: readonly string[]): string {
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: leven(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const all = `known: ${known.join(", ")}`;
  return nearest && nearest.distance <= Math.max(2, name.length / 2)
    ? `did you mean "${nearest.candidate}"? (${all})`
    : all;
}
