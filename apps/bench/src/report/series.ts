/** A row of a report: one model, trained once or with several seeds, as charts, tables and examples show it. */
export interface Series {
  /** The models' name without "-seed-1". */
  readonly model: string;
  readonly label: string;
  /** A CSS colour; the style sheet gives it a light and a dark value. */
  readonly colour: string;
  /** The names of its models, one a training seed. */
  readonly models: readonly string[];
}

/** Colours in `style.ts`. */
const colourCount = 10;

/** The models of a report, seeds of one name together, those of the table's rows first. Colours repeat after ten; labels stand beside them. */
export function createSeries(models: readonly string[], labels: ReadonlyMap<string, string>): readonly Series[] {
  const names = [...new Set(models.map(withoutSeed))];
  const known = [...labels.keys()].filter((name) => names.includes(name));
  const others = names.filter((name) => !labels.has(name));
  return [...known, ...others].map((model, index) => ({
    model,
    label: labels.get(model) ?? model,
    colour: `var(--series-${(index % colourCount) + 1})`,
    models: models.filter((name) => withoutSeed(name) === model),
  }));
}

function withoutSeed(model: string): string {
  return model.replace(/-seed-\d+$/, "");
}
