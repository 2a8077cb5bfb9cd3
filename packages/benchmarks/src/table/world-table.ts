import type { TableSpec, WorldCounterpart } from "./table-spec.js";

/** The table of a table's miniature: its rows and columns on the synthetic world, without the published numbers. */
export function worldTable(spec: TableSpec, world: WorldCounterpart): TableSpec {
  return {
    name: `${spec.name}, world`,
    title: `${spec.title}: its miniature${world.scale === undefined ? " on the synthetic world" : ""}`,
    rows: [...(world.scorers ?? []), ...world.rows].map(({ model, label }) => ({ model, label })),
    columns: world.columns.map((column) => ({ ...column, needs: `\`bench table ${spec.name} --world\`.` })),
    notes: world.notes ?? [
      "Small models on drawn scenes: what is seen here says how the methods behave, not what they score on photos.",
    ],
  };
}
