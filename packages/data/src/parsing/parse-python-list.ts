const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };

/**
 * Reads a Python list literal of strings and numbers, `['a', "b's", 3]`, as tables written by pandas hold it, without
 * running anything. Throws a SyntaxError with the position for anything else.
 */
export function parsePythonList(text: string): (string | number)[] {
  let position = 0;
  const fail = (expected: string): never => {
    const found = position < text.length ? `"${text[position]}"` : "the end";
    throw new SyntaxError(`expected ${expected} at character ${position + 1}, found ${found}`);
  };
  const skipSpace = () => {
    while (/\s/.test(text[position] ?? "")) position++;
  };
  const readString = (quote: string): string => {
    let value = "";
    position++;
    while (text[position] !== quote) {
      const character = text[position];
      if (character === undefined) return fail(`a closing ${quote}`);
      position++;
      value += character === "\\" ? readEscape() : character;
    }
    position++;
    return value;
  };
  const readEscape = (): string => {
    const code = text[position] ?? fail("a character after the backslash");
    position++;
    const length = code === "x" ? 2 : code === "u" ? 4 : code === "U" ? 8 : 0;
    if (length === 0) return escapes[code] ?? `\\${code}`;
    const digits = text.slice(position, position + length);
    const point = Number.parseInt(digits, 16);
    if (!/^[0-9a-f]+$/i.test(digits) || digits.length < length || point > 0x10ffff)
      return fail(`${length} hexadecimal digits`);
    position += length;
    return String.fromCodePoint(point);
  };
  const readNumber = (): number => {
    const digits = /^[+-]?\d+(\.\d+)?/.exec(text.slice(position))?.[0];
    if (digits === undefined) return fail("a string or a number");
    position += digits.length;
    return Number(digits);
  };

  const items: (string | number)[] = [];
  skipSpace();
  if (text[position] !== "[") fail('"["');
  position++;
  skipSpace();
  while (text[position] !== "]") {
    const start = text[position];
    items.push(start === "'" || start === '"' ? readString(start) : readNumber());
    skipSpace();
    if (text[position] === ",") position++;
    else if (text[position] !== "]") fail('"," or "]"');
    skipSpace();
  }
  position++;
  skipSpace();
  if (position < text.length) fail("the end");
  return items;
}
