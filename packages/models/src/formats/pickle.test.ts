import { expect, it } from "vitest";
import { readPickle } from "./pickle.js";

const handlers = {
  call: () => {
    throw new Error("nothing is called");
  },
  persistent: () => {
    throw new Error("nothing is kept elsewhere");
  },
};
const read = (...codes: readonly number[]) => readPickle(Uint8Array.from([128, 2, ...codes, 46]), "x.pt", handlers);

// As Python's pickle.dumps(value, protocol=2) writes them.
it.each([
  ["a float, its highest byte first", [71, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], 1.5],
  ["a byte", [75, 200], 200],
  ["two bytes, the lowest first", [77, 0x01, 0x02], 513],
  ["four bytes with a sign", [74, 0xfe, 0xff, 0xff, 0xff], -2],
  ["a long number", [138, 5, 0, 0, 0, 0, 1], 2 ** 32],
  ["a text", [88, 2, 0, 0, 0, 0x61, 0x62], "ab"],
  ["a tuple", [75, 1, 75, 2, 134], [1, 2]],
])("reads %s", (_what, codes, value) => {
  expect(read(...codes)).toEqual(value);
});

it("names an operation that is not read, and where the bytes end too early", () => {
  expect(() => read(255)).toThrow("x.pt: its pickle uses operation 255, which is not read.");
  expect(() => readPickle(Uint8Array.from([128, 2, 71, 0x3f]), "x.pt", handlers)).toThrow("x.pt");
});
