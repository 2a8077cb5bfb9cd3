import { collect, count, integer, nonNegative, positiveInteger } from "@tesserae/shared";
import { expect, it } from "vitest";

it("reads whole numbers and refuses the rest", () => {
  expect([integer("-3"), positiveInteger("2")]).toEqual([-3, 2]);
  for (const text of ["", "1.5", "two"]) expect(() => integer(text)).toThrow("expected a whole number");
  expect(count("0")).toBe(0);
  expect(() => count("-1")).toThrow("expected a whole number of at least 0");
  expect(() => positiveInteger("0")).toThrow("expected a whole number of at least 1");
  expect(nonNegative("0.5")).toBe(0.5);
  for (const text of ["", "-1", "x"]) expect(() => nonNegative(text)).toThrow("expected a number of at least 0");
  expect(collect("b", ["a"])).toEqual(["a", "b"]);
});
