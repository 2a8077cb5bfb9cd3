import { expect, it } from "vitest";
import { folder, metricsOf, runTiny } from "../fixtures/runs.js";

it("measures the tasks that are named beside retrieval, as often as retrieval", async () => {
  const out = await folder();
  const settings = ['valTasks=["relation-swap","attribute-swap"]', "valFrequency=2"];
  const record = await runTiny("clip", out, settings);
  const validations = (await metricsOf(out)).flatMap(({ validation }) => (validation ? [validation] : []));
  const retrieval = [
    "imageToText@1",
    "imageToText@5",
    "imageToText@10",
    "textToImage@1",
    "textToImage@5",
    "textToImage@10",
  ];
  const measured = [...retrieval, "relation-swap", "attribute-swap"];
  expect(validations.map((numbers) => Object.keys(numbers as object))).toEqual([measured, measured]);
  const { validation } = record.parts.at(-1) as unknown as {
    validation: Record<string, { n: number; chance: number; value: number }>;
  };
  expect(validation["relation-swap"]).toMatchObject({ n: 250, chance: 0.5 });
});

it("names the tasks that there are", async () => {
  await expect(runTiny("clip", await folder(), ['valTasks=["relation-swop"]'])).rejects.toThrow(
    /valTasks: the level "simple" has no task "relation-swop" of choosing a caption; it has relation-swap, relation-swap-unseen, /,
  );
});
