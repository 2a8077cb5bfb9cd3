import { parsePythonList } from "@tesserae/data";
import { expect, test } from "vitest";

test.each<[string, (string | number)[]]>([
  ["[]", []],
  ["['a', \"b's\", 3, -1.5,]", ["a", "b's", 3, -1.5]],
  [" [ 'it\\'s' , 'a\\nb', '\\u00e9\\x41' ] ", ["it's", "a\nb", "éA"]],
  ["['keeps \\d']", ["keeps \\d"]],
])("%s", (text, items) => expect(parsePythonList(text)).toEqual(items));

test.each([
  ["", 'expected "[" at character 1, found the end'],
  ["['a'", 'expected "," or "]" at character 5, found the end'],
  ["['a]", "expected a closing ' at character 5, found the end"],
  ["[exit()]", 'expected a string or a number at character 2, found "e"'],
  ["['\\u00g0']", "expected 4 hexadecimal digits"],
  ["[1] 2", 'expected the end at character 5, found "2"'],
])("%s is refused", (text, message) => {
  expect(() => parsePythonList(text)).toThrow(message);
  expect(() => parsePythonList(text)).toThrow(SyntaxError);
});
