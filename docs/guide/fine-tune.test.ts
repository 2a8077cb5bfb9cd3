import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Clip, createClip, createTokenizer, loadClip, readWeights, saveClip } from "@tesserae/models";
import { selectBackend } from "@tesserae/tfjs-backend-ort";
import { loadRecipe } from "@tesserae/train";
import { afterAll, expect, it } from "vitest";

/** Saves the page's files under the names that it gives, in a folder of the test. */
const page = fileURLToPath(new URL("fine-tune.md", import.meta.url));
const cache = join(dirname(page), "../.vitepress/cache");
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, "page-"));
afterAll(() => rm(folder, { recursive: true }));
for (const [, name, block] of (await readFile(page, "utf8")).matchAll(/as `([\w.-]+)`:\n\n```ts\n([\s\S]*?)```/g)) {
  await writeFile(join(folder, name!), block!.replaceAll('"./', `"${folder}/`));
}

it("gives a recipe that training takes, and flags that it knows", async () => {
  const recipe = join(folder, "tune.ts");
  const settings = ["accumFreq=4", "lockImage=true", "layerDecay=0.8", 'lora={"rank": 8, "alpha": 16}'];
  const { flags, steps } = await loadRecipe({ recipe, settings });
  expect(flags.pretrained).toBe(join(folder, "my-clip"));
  expect(flags.lora).toEqual({ rank: 8, alpha: 16 });
  expect(steps.map(({ name }) => name)).toEqual(["train", "wise-ft"]);
  expect((await loadRecipe({ recipe, scale: "quick" })).flags.steps).toBe(100);
});

it("averages the two models", async () => {
  await selectBackend({ backend: "cpu" });
  const tokenizer = createTokenizer({ corpus: ["a dog"], vocabSize: 516, contextLength: 8 });
  const tower = { width: 4, layers: 1, heads: 1 };
  const model = (start: number): Clip => {
    let state = start;
    const rng = () => {
      state = (state * 16807) % 2147483647;
      return state / 2147483647;
    };
    const text = { ...tower, contextLength: 8, vocabSize: 516 };
    return createClip({ embedDim: 4, vision: { ...tower, imageSize: 8, patchSize: 4 }, text }, { rng });
  };
  const [before, after] = [model(1), model(2)];
  await saveClip(before, tokenizer, join(folder, "my-clip"));
  await mkdir(join(folder, "runs/tuned"), { recursive: true });
  await saveClip(after, tokenizer, join(folder, "runs/tuned/checkpoint"));
  await import(/* @vite-ignore */ join(folder, "average.ts"));

  const averaged = await readWeights((await loadClip(join(folder, "averaged"))).clip);
  const [first, second] = [await readWeights(before), await readWeights(after)];
  for (const [name, { data }] of averaged) {
    expect(data, name).toEqual(first.get(name)!.data.map((value, i) => 0.5 * value + 0.5 * second.get(name)!.data[i]!));
  }
});
