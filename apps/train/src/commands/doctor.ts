import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { diagnose, type RunEvidence } from "../run/diagnose.js";
import { TrainError } from "../train-error.js";

/** Says what may keep a run from learning, by what its folder holds; the run may still be under way. @returns whether nothing was found */
export async function doctor(run: string, tell: (line: string) => void): Promise<boolean> {
  const made = await readJson<RunEvidence["made"]>(join(run, "recipe.json"));
  if (made === undefined) {
    throw new TrainError(`${run}: holds no run; expected a folder that "train run" wrote, with recipe.json in it`);
  }
  const record = await readJson<NonNullable<RunEvidence["record"]>>(join(run, "run.json"));
  const text = await readFile(join(run, "metrics.jsonl"), "utf8").catch(() => "");
  const metrics = text.split("\n").flatMap((line) => parseLine(line));
  const findings = diagnose({ made, metrics, ...(record ? { record } : {}) });
  const steps = metrics.filter(({ loss }) => loss !== undefined).length;
  tell(`${run}: ${record ? "finished" : "not finished"}, ${steps} ${steps === 1 ? "record" : "records"} of the loss`);
  for (const { name, text: what } of findings) tell(`${name}: ${what}`);
  if (findings.length === 0) tell(steps === 0 ? "nothing to judge yet" : "nothing found");
  return findings.length === 0;
}

async function readJson<T>(path: string): Promise<T | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new TrainError(`${path}: is no JSON (${(cause as Error).message}); was it changed by hand?`, { cause });
  }
}

/** A line that is being written counts as not there yet. */
function parseLine(line: string): RunEvidence["metrics"] {
  try {
    return line === "" ? [] : [JSON.parse(line)];
  } catch {
    return [];
  }
}
