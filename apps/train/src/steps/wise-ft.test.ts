import { type CommonFlags, type StepPlan, wiseFt } from "@tesserae/train";
import { expect, it } from "vitest";

it("says beforehand what it averages, by how much, and what that may cost", async () => {
  const planOf = (step: ReturnType<typeof wiseFt>): Promise<StepPlan> =>
    step.plan!({ flags: { data: "coco" } as CommonFlags, artefacts: {} });
  expect((await planOf(wiseFt())).lines).toEqual([
    "wise-ft: the weights of the image tower before and after fine-tuning, alpha 0.5 of those after",
  ]);
  expect((await planOf(wiseFt({ tower: "both", sweep: [0.25, 0.5, 1], maxDrop: 0.02, data: "photos" }))).lines).toEqual(
    [
      "wise-ft: the weights of both towers before and after fine-tuning, the largest alpha of 0.25, 0.5, 1 that costs at most 2 points of held-out R@1 on photos",
    ],
  );
});
