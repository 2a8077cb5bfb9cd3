import { expect, test } from "vitest";
import { interleaved, timing } from "./interleaved.js";

test("variants run in turn, after a round that is not counted", async () => {
  const order: string[] = [];
  let clock = 0;
  const variant = (name: string, milliseconds: number) => ({
    name,
    run: () => {
      order.push(name);
      clock += order.length <= 2 ? 1000 : milliseconds;
    },
  });
  const timings = await interleaved([variant("a", 2), variant("b", 3)], 2, () => clock);
  expect(order).toEqual(["a", "b", "a", "b", "a", "b"]);
  expect(timings.get("a")).toEqual({ median: 2, minimum: 2, maximum: 2 });
  expect(timings.get("b")).toEqual({ median: 3, minimum: 3, maximum: 3 });
});

test("the median of an even number of times is the mean of the middle two", () => {
  expect(timing([9, 1, 4, 2])).toEqual({ median: 3, minimum: 1, maximum: 9 });
  expect(timing([5, 1, 2])).toEqual({ median: 2, minimum: 1, maximum: 5 });
});
