// One training step of a small CLIP (forward, backward, AdamW; both towers 4 layers of 128, batch 64, 64 image and 32 text tokens), timed.
//   node bench/step.mjs [--backend ort|wasm|cpu] [--threads 2] [--steps 10]
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import { ortReport, registerGradients, registerOrtBackend, resetOrtReport } from "../dist/index.js";

const { values } = parseArgs({
  options: {
    backend: { type: "string", default: "ort" },
    threads: { type: "string", default: "2" },
    steps: { type: "string", default: "10" },
  },
});
const threads = Number(values.threads);
const steps = Number(values.steps);
const size = {
  width: 128,
  layers: 4,
  heads: 4,
  batch: 64,
  imageTokens: 64,
  textTokens: 32,
  patch: 192,
  vocabulary: 1000,
};

registerGradients();
if (values.backend === "ort") {
  registerOrtBackend({ threads });
} else if (values.backend === "wasm") {
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  const { createRequire } = await import("node:module");
  const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  wasm.setWasmPaths(`${entry.slice(0, entry.lastIndexOf("/"))}/`);
  wasm.setThreadsCount(threads);
} else {
  await import("@tensorflow/tfjs-backend-cpu");
}
await tf.setBackend(values.backend);

let seed = 1;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32 - 0.5;
};
const parameters = [];
const parameter = (...shape) => {
  const count = shape.reduce((a, b) => a * b, 1);
  const variable = tf.variable(
    tf.tensor(
      Float32Array.from({ length: count }, () => random() * 0.1),
      shape,
    ),
  );
  parameters.push(variable);
  return variable;
};
const constant = (value, ...shape) => {
  const variable = tf.variable(tf.fill(shape, value));
  parameters.push(variable);
  return variable;
};

const linear = (input, output) => {
  const weight = parameter(input, output);
  const bias = constant(0, output);
  return (x) => tf.add(tf.matMul(x, weight), bias);
};
const layerNorm = (width) => {
  const gain = constant(1, width);
  const bias = constant(0, width);
  return (x) => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const variance = tf.mean(tf.square(centred), -1, true);
    return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5))), gain), bias);
  };
};
const block = ({ width, heads }, tokens, causal) => {
  const before = layerNorm(width);
  const query = linear(width, width);
  const key = linear(width, width);
  const value = linear(width, width);
  const output = linear(width, width);
  const between = layerNorm(width);
  const up = linear(width, 4 * width);
  const down = linear(4 * width, width);
  const split = (x) => tf.transpose(tf.reshape(x, [-1, tokens, heads, width / heads]), [0, 2, 1, 3]);
  return (x) => {
    const normed = before(x);
    const scores = tf.matMul(tf.mul(split(query(normed)), (width / heads) ** -0.5), split(key(normed)), false, true);
    const attention = tf.softmax(causal ? tf.add(scores, causal) : scores);
    const mixed = tf.reshape(tf.transpose(tf.matMul(attention, split(value(normed))), [0, 2, 1, 3]), [-1, width]);
    const middle = tf.add(x, output(mixed));
    const hidden = up(between(middle));
    return tf.add(middle, down(tf.mul(hidden, tf.sigmoid(tf.mul(hidden, 1.702)))));
  };
};
const normalise = (x) => tf.div(x, tf.sqrt(tf.sum(tf.square(x), -1, true)));

const mask = tf.tensor(
  Float32Array.from({ length: size.textTokens ** 2 }, (_, i) =>
    i % size.textTokens > Math.floor(i / size.textTokens) ? -1e9 : 0,
  ),
  [size.textTokens, size.textTokens],
);
const patches = linear(size.patch, size.width);
const imagePosition = parameter(size.imageTokens, size.width);
const imageBlocks = Array.from({ length: size.layers }, () => block(size, size.imageTokens, undefined));
const imageNorm = layerNorm(size.width);
const imageProjection = parameter(size.width, size.width);
const embedding = parameter(size.vocabulary, size.width);
const textPosition = parameter(size.textTokens, size.width);
const textBlocks = Array.from({ length: size.layers }, () => block(size, size.textTokens, mask));
const textNorm = layerNorm(size.width);
const textProjection = parameter(size.width, size.width);
const logitScale = tf.variable(tf.scalar(Math.log(1 / 0.07)));
parameters.push(logitScale);

const encode = (x, tokens, position, blocks, norm, projection) => {
  let hidden = tf.reshape(tf.add(tf.reshape(x, [size.batch, tokens, size.width]), position), [-1, size.width]);
  for (const apply of blocks) hidden = apply(hidden);
  const pooled = tf.mean(tf.reshape(norm(hidden), [size.batch, tokens, size.width]), 1);
  return normalise(tf.matMul(pooled, projection));
};
const logSumExp = (x, axis) => {
  const max = tf.max(x, axis, true);
  return tf.add(tf.log(tf.sum(tf.exp(tf.sub(x, max)), axis, true)), max);
};
const loss = (pixels, ids) => {
  const image = encode(patches(pixels), size.imageTokens, imagePosition, imageBlocks, imageNorm, imageProjection);
  const tokens = tf.gather(embedding, tf.reshape(ids, [-1]));
  const text = encode(tokens, size.textTokens, textPosition, textBlocks, textNorm, textProjection);
  const logits = tf.mul(tf.matMul(image, text, false, true), tf.exp(logitScale));
  const right = tf.sum(tf.mul(logits, tf.eye(size.batch)), 1, true);
  const both = tf.add(tf.sub(logSumExp(logits, 1), right), tf.sub(tf.transpose(logSumExp(logits, 0)), right));
  return tf.mul(tf.mean(both), 0.5);
};

const moments = parameters.map((variable) => [
  tf.variable(tf.zerosLike(variable)),
  tf.variable(tf.zerosLike(variable)),
]);
let step = 0;
const adamw = (gradients) => {
  step += 1;
  const rate = 1e-3 * Math.min(1, step / 10);
  const firstCorrection = 1 / (1 - 0.9 ** step);
  const secondCorrection = 1 / (1 - 0.98 ** step);
  parameters.forEach((variable, index) => {
    tf.tidy(() => {
      const gradient = gradients[variable.name];
      const [first, second] = moments[index];
      const nextFirst = tf.add(tf.mul(first, 0.9), tf.mul(gradient, 0.1));
      const nextSecond = tf.add(tf.mul(second, 0.98), tf.mul(tf.square(gradient), 0.02));
      const denominator = tf.add(tf.sqrt(tf.mul(nextSecond, secondCorrection)), 1e-6);
      const update = tf.mul(tf.div(nextFirst, denominator), rate * firstCorrection);
      const next = tf.sub(tf.mul(variable, 1 - rate * 0.1), update);
      first.assign(nextFirst);
      second.assign(nextSecond);
      variable.assign(next);
    });
  });
};
const trainingStep = async () => {
  const pixels = Float32Array.from({ length: size.batch * size.imageTokens * size.patch }, random);
  const ids = Int32Array.from({ length: size.batch * size.textTokens }, () =>
    Math.floor((random() + 0.5) * size.vocabulary),
  );
  const start = performance.now();
  const value = tf.tidy(() => {
    const result = tf.variableGrads(
      () =>
        loss(
          tf.tensor(pixels, [size.batch * size.imageTokens, size.patch]),
          tf.tensor(ids, [size.batch, size.textTokens], "int32"),
        ),
      parameters,
    );
    adamw(result.grads);
    return result.value;
  });
  const traced = performance.now();
  const [number] = await value.data();
  value.dispose();
  return { number, milliseconds: performance.now() - start, tracing: traced - start };
};

const first = await trainingStep();
console.log(`first step ${first.milliseconds.toFixed(0)} ms, loss ${first.number.toFixed(5)}`);
const warm = await trainingStep();
console.log(`second step ${warm.milliseconds.toFixed(0)} ms, loss ${warm.number.toFixed(5)}`);
if (values.backend === "ort") {
  console.log(ortReport());
  resetOrtReport();
}
const times = [];
const tracing = [];
let last = warm;
for (let i = 0; i < steps; i++) {
  last = await trainingStep();
  times.push(last.milliseconds);
  tracing.push(last.tracing);
}
const medianOf = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
const median = medianOf(times);
console.log(
  `${values.backend}, ${threads} threads: median ${median.toFixed(0)} ms a step (fastest ${times[0].toFixed(0)}), loss ${last.number.toFixed(5)}, ${tf.memory().numTensors} tensors`,
);
if (values.backend === "ort") {
  const { runMs, traceMs, planMs, nodes, runs } = ortReport();
  console.log(
    `a step: ${nodes / runs} nodes, session ${(runMs / runs).toFixed(0)} ms, tracing ${medianOf(tracing).toFixed(1)} ms (of it in the backend's kernels ${(traceMs / runs).toFixed(1)} ms), planning ${(planMs / runs).toFixed(1)} ms`,
  );
}
