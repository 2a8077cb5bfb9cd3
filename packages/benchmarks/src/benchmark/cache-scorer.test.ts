import { cacheScorer, type ImageRef, imageKey, type Scorer } from "@tesserae/benchmarks";
import { expect, it } from "vitest";

it("asks for each image, box and text once, and passes on direct scores", async () => {
  const asked: string[] = [];
  const scorer: Scorer = {
    name: "counting",
    revision: "1",
    embedImages: async (images) => images.map((image) => Float32Array.of(asked.push(imageKey(image)))),
    embedTexts: async (texts) => texts.map((text) => Float32Array.of(asked.push(text))),
    score: async () => [7],
  };
  const cached = cacheScorer(scorer);
  const whole: ImageRef = { path: "a.jpg" };
  const crop: ImageRef = { path: "a.jpg", box: [1, 2, 3, 4] };
  const first = await cached.embedImages([whole, crop, whole]);
  expect(first.map(([value]) => value)).toEqual([1, 2, 1]);
  expect(await cached.embedImages([crop])).toEqual([first[1]]);
  await cached.embedTexts(["x", "x"]);
  expect(asked).toEqual(["a.jpg", "a.jpg[1,2,3,4]", "x"]);
  expect(await cached.score!(whole, ["x"])).toEqual([7]);
});

it("refuses a scorer that returns too few vectors", async () => {
  const scorer: Scorer = { name: "short", revision: "1", embedImages: async () => [], embedTexts: async () => [] };
  await expect(cacheScorer(scorer).embedTexts(["x", "y"])).rejects.toThrow(
    'scorer "short": returned 0 vectors for 2 strings',
  );
});
