import { copyFile, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createProgress, loadRecipe, runRecipe } from "@tesserae/train";
import { expect, it } from "vitest";

it("the recipe of the page, outside the repository, trains with a loss, a text source and a step of its own", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tesserae-page-"));
  const page = await readFile(new URL("write-a-recipe.md", import.meta.url), "utf8");
  await writeFile(join(folder, "my-recipe.ts"), /```ts\n([\s\S]*?)```/.exec(page)![1]!);
  for (const name of ["my-loss.ts", "my-text-source.ts", "my-step.ts"]) {
    await copyFile(fileURLToPath(new URL(`../examples/${name}`, import.meta.url)), join(folder, name));
  }
  const recipe = await loadRecipe({
    recipe: join(folder, "my-recipe.ts"),
    scale: "smoke",
    settings: ["alignment=0.1"],
  });
  const progress = { ...createProgress("none"), note: () => {} };
  const record = await runRecipe(recipe, { out: join(folder, "run"), progress, backend: "ort", threads: 1 });
  expect(record.parts.map(({ step }) => step)).toEqual(["train", "count-weights"]);
  expect(record.parts[0]).toMatchObject({
    options: { objective: { name: "clip+alignment", options: { texts: { name: "caption + shuffled-words" } } } },
    traces: { fallenBack: 0 },
  });
  expect(Number(await readFile(join(folder, "run", "2-count-weights", "bytes.txt"), "utf8"))).toBe(
    record.parts[1]!.bytes,
  );
});
