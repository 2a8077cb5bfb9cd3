import * as tf from "@tensorflow/tfjs-core";
import { defineTower } from "@tesserae/models";
import { z } from "zod";

const count = z.int().positive();

/** A deep averaging network (Iyyer et al., ACL 2015): the mean of a text's word vectors, then layers with ReLU. */
export default defineTower({
  kind: "text",
  name: "averaging",
  version: "1",
  schema: z.strictObject({ contextLength: count, vocabSize: count, width: count, layers: count.default(2) }),
  width: ({ width }) => width,
  parameters: ({ vocabSize, width, layers }) => [
    { name: "words.weight", shape: [vocabSize, width], init: { std: 0.02 } },
    ...blocks(layers).flatMap((block) => [
      { name: `${block}.weight`, shape: [width, width], init: { std: width ** -0.5 }, linear: true },
      { name: `${block}.bias`, shape: [width], init: { constant: 0 } },
    ]),
  ],
  blocks: ({ layers }) => blocks(layers),
  encode: (texts, { width, layers }, { read }) => {
    const words = tf.reshape(tf.gather(read("words.weight"), texts.ids()), [texts.count, texts.length, width]);
    let features: tf.Tensor2D = tf.reshape(tf.matMul(texts.meanWeights(), words), [texts.count, width]);
    for (const block of blocks(layers)) {
      const product = tf.matMul(features, read(`${block}.weight`) as tf.Tensor2D, false, true);
      features = tf.relu(tf.add(product, read(`${block}.bias`)) as tf.Tensor2D);
    }
    return features;
  },
});

function blocks(layers: number): string[] {
  return Array.from({ length: layers }, (_, layer) => `layers.${layer}`);
}
