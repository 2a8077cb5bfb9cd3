import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { encodeImages, encodeTexts, freeze, inTower, interpolate, packTokens, readWeights } from "@tesserae/models";
import { registerGradients } from "@tesserae/tfjs-backend-ort/gradients";
import { beforeAll, expect, test } from "vitest";
import { tinyClip } from "../fixtures/tiny-clip.js";

beforeAll(registerGradients);

test("every variable but the logit scale belongs to one tower", () => {
  for (const clip of [
    tinyClip(),
    tinyClip({
      vision: { type: "resnet", imageSize: 32, width: 2, layers: [1, 1, 1, 1], heads: 2 },
      text: { type: "bert", contextLength: 12, vocabSize: 520, width: 8, layers: 1, heads: 2 },
    }),
  ]) {
    const names = [...clip.variables.keys()];
    const neither = names.filter((name) => !inTower("image")(name) && !inTower("text")(name));
    expect(neither).toEqual(["logit_scale"]);
    expect(names.filter((name) => inTower("image")(name) && inTower("text")(name))).toEqual([]);
  }
});

test("a locked tower gets no gradients, the other keeps its own", () => {
  const clip = tinyClip();
  const variables = [...clip.variables.values()];
  const pixels = tf.randomNormal<tf.Rank.R4>([2, 8, 8, 3], 0, 1, "float32", 6);
  const tokens = packTokens([
    [518, 7, 519],
    [518, 9, 8, 7, 519],
  ]);
  const loss = () => tf.sum(tf.matMul(encodeImages(clip, pixels), encodeTexts(clip, tokens), false, true)) as tf.Scalar;
  const gradient = (name: string) => {
    const { grads } = tf.variableGrads(loss, variables);
    return grads[clip.variables.get(name)!.name]?.dataSync();
  };
  const before = gradient("text_projection.weight");
  freeze(clip, inTower("image"));
  expect(gradient("text_projection.weight")).toEqual(before);
  expect(gradient("visual_projection.weight")).toBeUndefined();
  expect(() => freeze(clip, (name) => name === "visual")).toThrow("freeze: no variable was selected");
});

test("WiSE-FT of one tower leaves the other as it is in the second model", async () => {
  const [a, b] = [await readWeights(tinyClip({}, 1)), await readWeights(tinyClip({}, 2))];
  const mixed = interpolate(a, b, 0.5, { select: inTower("image") });
  for (const [name, { data }] of mixed) {
    const [x, y] = [a.get(name)!.data, b.get(name)!.data];
    const expected = inTower("image")(name) ? x.map((value, i) => 0.5 * value + 0.5 * y[i]!) : y;
    expect(data, name).toEqual(expected);
  }
});
