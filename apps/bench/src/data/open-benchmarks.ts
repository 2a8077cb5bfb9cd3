import { existsSync } from "node:fs";
import { type BenchmarkDefinition, benchmarks, detectionBenchmarks } from "@tesserae/benchmarks";
import { nonMaximumSuppression } from "@tesserae/region-mapper";
import { BenchError } from "../bench-error.js";
import { docMnistBenchmarks } from "../definitions/docmnist.js";
import { ownOrderBenchmarks } from "../definitions/own-order.js";
import { worldBenchmarks } from "../definitions/world.js";
import { importFile, isFile } from "../import-file.js";
import { unknownName } from "../unknown-name.js";

/** Every benchmark there is: the published ones, ours on published captions, and the world's, whose items follow from the seed. */
export function openBenchmarks(seed: number): readonly BenchmarkDefinition[] {
  const detection = detectionBenchmarks(nonMaximumSuppression) as readonly BenchmarkDefinition[];
  return [...worldBenchmarks(seed), ...benchmarks, ...detection, ...docMnistBenchmarks, ...ownOrderBenchmarks];
}

/**
 * The benchmarks that names ask for: "aro/vg-relation", "aro" for all of it, or a file whose default export is a benchmark or several.
 *
 * @throws BenchError on an unknown name, and on a file that holds no benchmark.
 */
export async function chooseBenchmarks(
  known: readonly BenchmarkDefinition[],
  names: readonly string[],
): Promise<readonly BenchmarkDefinition[]> {
  const chosen: BenchmarkDefinition[] = [];
  for (const wanted of names) {
    if (isFile(wanted)) {
      chosen.push(...(await fromFile(wanted)));
      continue;
    }
    const found = known.filter(({ name }) => name === wanted || name.startsWith(`${wanted}/`));
    if (found.length === 0) {
      const all = known.map(({ name }) => name);
      throw unknownName("benchmark", wanted, [...new Set(all.map((name) => name.split("/")[0]!)), ...all]);
    }
    chosen.push(...found);
  }
  return [...new Set(chosen)];
}

async function fromFile(path: string): Promise<readonly BenchmarkDefinition[]> {
  if (!existsSync(path))
    throw new BenchError(`${path}: no such file; expected a file whose default export is a benchmark`);
  const exported = await importFile(path);
  const all = Array.isArray(exported) ? exported : [exported];
  for (const one of all) {
    const { name, version, family, policy, headline, read } = (one ?? {}) as Partial<BenchmarkDefinition>;
    if (!name || !version || !family?.judge || !policy?.ties || !headline || typeof read !== "function") {
      throw new BenchError(
        `${path}: its default export is no benchmark; expected defineBenchmark({ name, version, family, policy, headline, read, … }) or a list of them`,
      );
    }
  }
  return all as BenchmarkDefinition[];
}
