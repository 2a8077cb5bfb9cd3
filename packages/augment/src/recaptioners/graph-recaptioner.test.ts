import { graphRecaptioner } from "@tesserae/augment";
import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";

it("writes each graph as text and names what it cannot write", async () => {
  const recaptioner = graphRecaptioner();
  const answers = await recaptioner.recaption([
    { image: "1.png", graph: parse("there is an old red dog on a box") },
    { image: "2.png", altText: "a dog" },
    { image: "3.png", graph: parse("It is raining.") },
  ]);
  expect(answers).toEqual([
    { caption: "an old red dog on a box" },
    { problem: "2.png has no graph; give the request one" },
    { problem: "the graph of 3.png has no objects" },
  ]);
});

it("takes templates and stops when aborted", async () => {
  const [answer] = await graphRecaptioner({ article: "definite" }).recaption([
    { image: "1", graph: parse("a red dog") },
  ]);
  expect(answer).toEqual({ caption: "the red dog" });
  const signal = AbortSignal.abort(new Error("stopped"));
  await expect(graphRecaptioner().recaption([], { signal })).rejects.toThrow("stopped");
});
