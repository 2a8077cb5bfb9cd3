import { bootstrap, holm, pairedTest, seedTest, wilsonInterval } from "@tesserae/benchmarks";
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

describe("seedTest", () => {
  it("finds a difference in all seeds, and none that one seed of three made", () => {
    const items = 200;
    const all = seedTest(
      [ones(150, items), ones(154, items), ones(146, items)],
      [ones(100, items), ones(104, items), ones(96, items)],
    );
    expect(all.difference).toBeCloseTo(0.25, 12);
    expect(all.pValue).toBeLessThan(0.01);
    // the items alone would say "significant": 33 of 200 items differ on average
    const one = seedTest(
      [ones(200, items), ones(100, items), ones(100, items)],
      [ones(101, items), ones(100, items), ones(100, items)],
    );
    expect(one.difference).toBeCloseTo(99 / 600, 12);
    expect(one.pValue).toBeGreaterThan(0.3);
    expect(one.interval[0]).toBeLessThan(0);
    expect(one.method).toBe("bootstrap over seeds and items");
  });

  it("is as wide as the seeds' standard error asks for, also with two", () => {
    const all = [1, 1, 1, 1];
    const none = [0, 0, 0, 0];
    // The seeds differ by 1 and by 0, all items alike: the mean 0.5 has a standard error of 0.5, drawn as 0.5 -+ 0.5 x
    // the root of 2 in half of the draws.
    const { difference, interval, pValue } = seedTest([all, all], [none, all]);
    expect(difference).toBe(0.5);
    expect(interval[0]).toBeCloseTo(0.5 - 0.5 * Math.SQRT2, 12);
    expect(interval[1]).toBeCloseTo(0.5 + 0.5 * Math.SQRT2, 12);
    expect(pValue).toBeGreaterThan(0.3);
  });

  it("gives 1 for equal models, weighs groups alike, and takes other numbers of seeds", () => {
    expect(seedTest([ones(1, 3), ones(1, 3)], [ones(1, 3), ones(1, 3)])).toMatchObject({ difference: 0, pValue: 1 });
    const groups = ["a", "b", "b", "b"];
    const grouped = seedTest(
      [
        [1, 0, 0, 0],
        [1, 0, 0, 0],
        [1, 0, 0, 0],
      ],
      [ones(0, 4), ones(0, 4)],
      { groups },
    );
    expect(grouped.difference).toBeCloseTo(0.5, 12);
  });

  it("refuses one seed and other items", () => {
    expect(() => seedTest([[1]], [[0], [0]])).toThrow("seedTest: got 1 and 2 seeds; expected two or more of each");
    expect(() =>
      seedTest(
        [[1], [1]],
        [
          [0, 1],
          [0, 1],
        ],
      ),
    ).toThrow("the same items of every seed");
  });
});

describe("holm", () => {
  it("multiplies the smallest by the number of tests, the next by one less, and never falls", () => {
    const corrected = holm([0.01, 0.04, 0.03, 0.005]);
    for (const [index, value] of [0.03, 0.06, 0.06, 0.02].entries()) expect(corrected[index]).toBeCloseTo(value, 12);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});
