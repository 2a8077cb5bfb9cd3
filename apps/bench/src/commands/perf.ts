import { machine, versions } from "../environment.js";
import type { PerfOptions } from "../perf/perf-subject.js";
import { perfSubjects } from "../perf/subjects.js";
import type { Output } from "../progress.js";
import { textTable } from "../text-table.js";
import { unknownName } from "../unknown-name.js";

/** Measures a subject and prints its table, with the machine and versions. */
export async function perf(name: string, options: PerfOptions, output: Output): Promise<void> {
  const subject = perfSubjects.find((candidate) => candidate.name === name);
  if (!subject) {
    throw unknownName(
      "subject",
      name,
      perfSubjects.map((candidate) => candidate.name),
    );
  }
  const { header, rows, notes } = await subject.measure(options, output);
  output.print(textTable(header, rows));
  output.print("");
  for (const note of notes) output.print(note);
  const packages = Object.entries(versions()).map(([key, version]) => `${key} ${version}`);
  output.print(`${machine()}; ${packages.join(", ")}`);
}
