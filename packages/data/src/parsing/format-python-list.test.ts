import { formatPythonList, parsePythonList } from "@tesserae/data";
import { expect, test } from "vitest";

test("formatPythonList writes what Python's repr writes and parsePythonList reads", () => {
  const values = ["a dog", "it's", 'a "red" dog', `it's "so"`, "back\\slash\ttab\nline", 12];
  const text = formatPythonList(values);
  expect(text).toBe(String.raw`['a dog', "it's", 'a "red" dog', 'it\'s "so"', 'back\\slash\ttab\nline', 12]`);
  expect(parsePythonList(text)).toEqual(values);
  expect(formatPythonList([])).toBe("[]");
});
