/** A model as charts, tables and examples show it. */
export interface Series {
  readonly model: string;
  readonly label: string;
  /** A CSS colour; the style sheet gives it a light and a dark value. */
  readonly colour: string;
}

/** Colours in `style.ts`. */
const colourCount = 6;

/** The models of a report, those of the table's rows first. Colours repeat after six; labels stand beside them. */
export function createSeries(models: readonly string[], labels: ReadonlyMap<string, string>): readonly Series[] {
  const known = [...labels.keys()].filter((model) => models.includes(model));
  const others = models.filter((model) => !labels.has(model));
  return [...known, ...others].map((model, index) => ({
    model,
    label: labels.get(model) ?? model,
    colour: `var(--series-${(index % colourCount) + 1})`,
  }));
}
