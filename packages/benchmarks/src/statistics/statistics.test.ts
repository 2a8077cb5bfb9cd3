import { bootstrap, pairedTest, wilsonInterval } from "@tesserae/benchmarks";
import { describe, expect, it } from "vitest";

const ones = (right: number, total: number): number[] =>
  Array.from({ length: total }, (_, index) => (index < right ? 1 : 0));

describe("wilsonInterval", () => {
  it("gives the textbook values, and stays inside [0, 1]", () => {
    // Newcombe, Statistics in Medicine 1998, table I, method 3: 81 of 263 and 15 of 148, 0 of 20, 1 of 29.
    expect(wilsonInterval(81, 263).map((bound) => bound.toFixed(4))).toEqual(["0.2553", "0.3662"]);
    expect(wilsonInterval(15, 148).map((bound) => bound.toFixed(4))).toEqual(["0.0624", "0.1605"]);
    expect(wilsonInterval(0, 20).map((bound) => bound.toFixed(4))).toEqual(["0.0000", "0.1611"]);
    expect(wilsonInterval(1, 29).map((bound) => bound.toFixed(4))).toEqual(["0.0061", "0.1718"]);
    expect(wilsonInterval(20, 20)[1]).toBe(1);
  });

  it("refuses counts that are no share", () => {
    expect(() => wilsonInterval(1, 0)).toThrow(/got 1 of 0/);
    expect(() => wilsonInterval(3, 2)).toThrow(/got 3 of 2/);
  });
});

describe("bootstrap", () => {
  it("agrees with the normal approximation on a large sample", () => {
    const { value, interval } = bootstrap(ones(600, 1000), { seed: 3 });
    expect(value).toBe(0.6);
    // 0.6 -+ 1.96 * sqrt(0.24 / 1000) = 0.5696 and 0.6304
    expect(interval[0]).toBeCloseTo(0.5696, 2);
    expect(interval[1]).toBeCloseTo(0.6304, 2);
  });

  it("is the same for the same seed", () => {
    const values = [0.1, 0.9, 0.4, 0.3, 0.7, 0.2];
    expect(bootstrap(values, { seed: 5 })).toEqual(bootstrap(values, { seed: 5 }));
    expect(bootstrap(values, { seed: 5 }).interval).not.toEqual(bootstrap(values, { seed: 6 }).interval);
  });

  it("averages groups without weights", () => {
    const values = [1, 1, 1, 1, 0, 0];
    const groups = ["large", "large", "large", "large", "small", "small"];
    expect(bootstrap(values, { groups })).toEqual({ value: 0.5, interval: [0.5, 0.5] });
  });

  it("draws clusters whole, which widens the interval of values that go together", () => {
    const values = Array.from({ length: 200 }, (_, index) => Math.floor(index / 10) % 2);
    const clusters = values.map((_, index) => Math.floor(index / 10));
    const width = ([low, high]: readonly [number, number]) => high - low;
    // 20 clusters of ten equal values carry the information of 20 values: sqrt(10) times wider.
    const ratio = width(bootstrap(values, { clusters }).interval) / width(bootstrap(values).interval);
    expect(ratio).toBeGreaterThan(2.8);
    expect(ratio).toBeLessThan(3.6);
  });

  it("refuses nothing to draw from, and labels of another length", () => {
    expect(() => bootstrap([])).toThrow(/at least one value/);
    expect(() => bootstrap([1], { resamples: 0 })).toThrow("bootstrap: resamples is 0;");
    expect(() => bootstrap([1], { level: 95 })).toThrow("bootstrap: level is 95; expected a share between 0 and 1");
    expect(() => bootstrap([1, 2], { groups: ["a"] })).toThrow(/one of groups per value, got 1 for 2/);
  });
});

describe("pairedTest", () => {
  it("is McNemar's exact test for right and wrong", () => {
    // 10 items only a is right on, 2 only b: 2 * (1 + 12 + 66) / 2^12 = 0.03857...
    const a = [...ones(10, 10), ...ones(0, 2), ...ones(5, 10)];
    const b = [...ones(0, 10), ...ones(2, 2), ...ones(5, 10)];
    const result = pairedTest(a, b);
    expect(result.method).toBe("exact McNemar");
    expect(result.pValue).toBeCloseTo(158 / 4096, 12);
    expect(result.difference).toBeCloseTo(8 / 22, 12);
    expect(result.n).toBe(22);
  });

  it("gives 1 for equal models, and does not underflow on thousands of items", () => {
    expect(pairedTest([1, 0, 1], [1, 0, 1])).toMatchObject({ difference: 0, interval: [0, 0], pValue: 1 });
    expect(pairedTest(ones(5000, 5000), ones(2400, 5000)).pValue).toBe(0);
    const half = pairedTest([...ones(2000, 4000)], [...ones(0, 2000), ...ones(2000, 2000)]);
    expect(half.pValue).toBe(1);
  });

  it("bootstraps values that are not 0 or 1", () => {
    const a = Array.from({ length: 50 }, (_, index) => 0.5 + (index % 5) / 10);
    const b = a.map((value, index) => value - (index % 3 === 0 ? 0.2 : -0.02));
    const result = pairedTest(a, b, { seed: 1 });
    expect(result.method).toBe("paired bootstrap");
    expect(result.difference).toBeCloseTo((17 * 0.2 - 33 * 0.02) / 50, 12);
    expect(result.pValue).toBeLessThan(0.01);
    expect(result.interval[0]).toBeGreaterThan(0);
  });

  it("refuses other items", () => {
    expect(() => pairedTest([1, 0], [1])).toThrow(/got 2 and 1 values/);
  });
});
