import { readFileSync } from "node:fs";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { registerGradients, registerOrtBackend } from "@tesserae/tfjs-backend-ort";
import { beforeAll, describe, expect, it } from "vitest";
import { mappedKernels } from "../registration/register-kernels.js";
import { tensorsOf } from "./fixtures/case.js";
import { cases } from "./fixtures/index.js";
import { compareWithCpu, expectFiniteDifferences, expectSame, gradientsOf, outcomes } from "./fixtures/outcome.js";
import { watchTracedKernels } from "./fixtures/traced-kernels.js";

/** Kernels that the cases called; those that they called while gradients were taken. */
const [called, differentiated] = [new Set<string>(), new Set<string>()];
let inGradients = false;

beforeAll(async () => {
  registerGradients();
  registerOrtBackend({ threads: 1 });
  await tf.setBackend("ort");
  watchTracedKernels((name) => {
    called.add(name);
    if (inGradients) differentiated.add(name);
  });
});

describe("values are those of the CPU backend", () => {
  it.each(cases)("$name", async ({ inputs, run }) => {
    await compareWithCpu(() => run(...tensorsOf(inputs)));
  });
});

describe("gradients are those of finite differences and of the CPU backend", () => {
  /** 1e-5 of the gradient's largest element: the others may be what is left of a difference of such numbers. */
  const tolerance = (_: number, all: readonly number[]) => 1e-5 * Math.max(...all.map(Math.abs));

  it.each(cases.filter(({ gradients }) => gradients !== "none"))("$name", async (item) => {
    inGradients = true;
    const actual = await outcomes("ort", () => gradientsOf(item));
    inGradients = false;
    if (item.gradients !== "CPU") await expectFiniteDifferences(item, actual);
    if (item.gradients === "finite differences") return;
    expectSame(actual, await outcomes("cpu", () => gradientsOf(item)), tolerance);
  });
});

it("names in the README every kernel without a mapping", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const named = [...readme.matchAll(/^\| ([A-Z].*?) +\| the CPU backend/gm)].flatMap(([, names = ""]) =>
    names.split(", "),
  );
  const unmapped = tf
    .getKernelsForBackend("cpu")
    .flatMap(({ kernelName }) => (mappedKernels[kernelName] ? [] : [kernelName]));
  expect(named.sort()).toEqual(unmapped.sort());
});

describe("the cases", () => {
  it("cover every kernel that has a mapping", () => {
    expect(Object.keys(mappedKernels).filter((name) => !called.has(name))).toEqual([]);
  });

  it("cover the gradient of every kernel that has a mapping and a gradient", () => {
    const withGradient = Object.keys(mappedKernels).filter((name) => tf.getGradient(name));
    expect(withGradient.filter((name) => !differentiated.has(name))).toEqual([]);
  });
});
