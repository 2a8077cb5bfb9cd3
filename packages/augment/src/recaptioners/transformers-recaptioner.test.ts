import { transformersRecaptioner } from "@tesserae/augment";
import { describe, expect, it } from "vitest";

describe("transformersRecaptioner", () => {
  it("asks the pipeline for each image, and tells what it cannot do", async () => {
    const calls: unknown[] = [];
    const pipeline = async (image: string, options?: object) => {
      calls.push([image, options]);
      if (image === "broken.jpg") throw new Error("truncated\nstack");
      return image === "empty.jpg" ? [] : [{ generated_text: ` a photo of ${image} ` }];
    };
    const recaptioner = transformersRecaptioner({ model: "tiny", pipeline, generation: { max_new_tokens: 9 } });
    const requests = ["dog.jpg", "broken.jpg", "empty.jpg"].map((image) => ({ image }));
    expect(await recaptioner.recaption(requests)).toEqual([
      { caption: "a photo of dog.jpg" },
      { problem: "broken.jpg: truncated" },
      { problem: "empty.jpg: the model gave no text" },
    ]);
    expect(calls[0]).toEqual(["dog.jpg", { max_new_tokens: 9 }]);
    const signal = AbortSignal.abort(new Error("stopped"));
    await expect(recaptioner.recaption(requests, { signal })).rejects.toThrow("stopped");
  });

  it("says what to install where the peer is missing", async () => {
    const recaption = transformersRecaptioner({ model: "tiny" }).recaption([{ image: "dog.jpg" }]);
    await expect(recaption).rejects.toThrow(/@huggingface\/transformers cannot be loaded \(.+\); npm install/);
  });
});
