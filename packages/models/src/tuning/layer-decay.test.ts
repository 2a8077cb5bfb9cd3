import "@tensorflow/tfjs-backend-cpu";
import { layerDecay } from "@tesserae/models";
import { expect, test } from "vitest";
import { tinyClip } from "../fixtures/tiny-clip.js";

test("each block learns slower than the one after it, embeddings slowest", () => {
  const factor = layerDecay(tinyClip(), 0.5);
  const factors = Object.fromEntries(
    [
      "vision_model.embeddings.class_embedding",
      "vision_model.pre_layrnorm.weight",
      "vision_model.encoder.layers.0.mlp.fc1.weight",
      "vision_model.encoder.layers.1.mlp.fc2.bias",
      "vision_model.post_layernorm.weight",
      "visual_projection.weight",
      "text_model.embeddings.position_embedding.weight",
      "text_model.encoder.layers.0.layer_norm1.bias",
      "text_model.encoder.layers.1.self_attn.q_proj.weight",
      "text_model.final_layer_norm.bias",
      "text_projection.weight",
      "logit_scale",
    ].map((name) => [name, factor(name)]),
  );
  expect(Object.values(factors)).toEqual([0.125, 0.125, 0.25, 0.5, 1, 1, 0.125, 0.25, 0.5, 1, 1, 1]);
});

test("the other towers' blocks are found too", () => {
  const swin = tinyClip({
    vision: { type: "swin", imageSize: 32, width: 8, layers: [1, 2], heads: [1, 2], windowSize: 4 },
    text: { type: "bert", contextLength: 12, vocabSize: 520, width: 8, layers: 1, heads: 2 },
  });
  // Blocks in order: 0.blocks.0, 1.downsample, 1.blocks.0, 1.blocks.1.
  const swinFactor = layerDecay(swin, 0.5);
  expect(swinFactor("vision_model.patch_embed.proj.weight")).toBe(1 / 32);
  expect(swinFactor("vision_model.layers.0.blocks.0.mlp.fc1.weight")).toBe(1 / 16);
  expect(swinFactor("vision_model.layers.1.downsample.norm.bias")).toBe(1 / 8);
  expect(swinFactor("vision_model.layers.1.blocks.1.attn.qkv.weight")).toBe(1 / 2);
  expect(swinFactor("vision_model.norm.weight")).toBe(1);
  const bertNames = [...swin.variables.keys()].filter((name) => name.startsWith("text_model."));
  expect(swinFactor(bertNames.find((name) => name.includes("embeddings"))!)).toBe(1 / 4);
  expect(swinFactor(bertNames.find((name) => name.includes(".layer.0."))!)).toBe(1 / 2);

  const resnet = tinyClip({ vision: { type: "resnet", imageSize: 32, width: 2, layers: [1, 1, 1, 2], heads: 2 } });
  const resnetFactor = layerDecay(resnet, 0.5);
  const names = [...resnet.variables.keys()].filter((name) => name.startsWith("vision_model."));
  expect(resnetFactor(names[0]!)).toBe(1 / 64);
  expect(resnetFactor(names.find((name) => name.includes("layer1.0."))!)).toBe(1 / 32);
  expect(resnetFactor(names.find((name) => name.includes("layer4.1."))!)).toBe(1 / 2);
  expect(resnetFactor(names.find((name) => name.includes("attnpool"))!)).toBe(1);
});

test("refuses a decay that would grow", () => {
  expect(() => layerDecay(tinyClip(), 1.1)).toThrow("layerDecay: decay is 1.1; above 0 and at most 1 is expected.");
});
