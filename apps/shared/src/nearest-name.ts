import leven from "leven";

/** The known name that was probably meant; undefined where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const distance = (candidate: string) => leven(name.toLowerCase(), candidate.toLowerCase());
  const [nearest] = [...known].sort((a, b) => distance(a) - distance(b));
  return nearest !== undefined && distance(nearest) <= Math.max(2, name.length / 2) ? nearest : undefined;
}

/** What to say after an unknown name: the nearest one there is, where one is near, and all of them. */
export function suggestion(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  const all = `known: ${known.join(", ")}`;
  return nearest === undefined ? all : `did you mean "${nearest}"? (${all})`;
}
