import { worldTasks } from "@tesserae/world";
import { expect, it } from "vitest";
import { findModel } from "./open-model.js";

it("are found by their names, and judge the world's pictures", async () => {
  const [task] = worldTasks({ level: "simple", seed: 3, count: 200 }).filter(
    ({ name }) => name === "object-replacement",
  );
  const found = await findModel("shortcut:words");
  expect(found.name).toBe("shortcut-words");
  const { scorer } = await found.open({ loadImage: () => Promise.reject(new Error("no image is needed")) });
  let right = 0;
  for (const item of task!.items) {
    if (!("correct" in item)) continue;
    const scores = await scorer.score!({ path: item.image }, item.captions);
    if (scores.indexOf(Math.max(...scores)) === item.correct) right++;
  }
  expect(right).toBeGreaterThan(190); // the words alone tell which things are there
  await expect(scorer.embedTexts(["a red square"])).rejects.toThrow(
    "shortcut:words: scores the captions of one picture; it has no embeddings, which retrieval needs",
  );
});
