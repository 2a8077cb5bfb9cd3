import { cacheScorer, type Scorer } from "@tesserae/benchmarks";
import { expect, it } from "vitest";

it("asks for every string once, whatever is asked of it", async () => {
  const asked: string[] = [];
  const embed: Scorer["embedTexts"] = async (strings) => {
    asked.push(...strings);
    return strings.map((string) => Float32Array.of(string.length));
  };
  const scorer = cacheScorer({ name: "x", revision: "1", embedImages: embed, embedTexts: embed });
  expect(await scorer.embedTexts(["a", "bb", "a"])).toEqual([
    Float32Array.of(1),
    Float32Array.of(2),
    Float32Array.of(1),
  ]);
  expect(await scorer.embedTexts(["bb", "ccc"])).toEqual([Float32Array.of(2), Float32Array.of(3)]);
  expect(asked).toEqual(["a", "bb", "ccc"]);
});

it("says when the scorer leaves strings out, and asks for them again", async () => {
  let given = 1;
  const embed: Scorer["embedTexts"] = async (strings) => strings.slice(0, given).map(() => Float32Array.of(1));
  const scorer = cacheScorer({ name: "x", revision: "1", embedImages: embed, embedTexts: embed });
  await expect(scorer.embedTexts(["a", "bb"])).rejects.toThrow(
    'scorer "x": embedTexts returned 1 vectors for 2 strings',
  );
  given = 2;
  expect(await scorer.embedTexts(["a", "bb"])).toHaveLength(2);
});
