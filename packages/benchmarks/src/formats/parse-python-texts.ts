import { BenchmarkError } from "../benchmark/benchmark-error.js";

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };

/**
 * The texts of a Python list or set of strings, such as `['a dog', "a dog's box"]`.
 *
 * @throws BenchmarkError on anything else; `source` names file and row.
 */
export function parsePythonTexts(literal: string, source: string): readonly string[] {
  const fail = (): never => {
    throw new BenchmarkError(`${source}: expected a Python list or set of texts, got ${literal.slice(0, 60)}`);
  };
  const body = /^\s*[[{](.*)[\]}]\s*$/s.exec(literal)?.[1] ?? fail();
  const texts: string[] = [];
  let rest = body.trim();
  while (rest !== "") {
    const match = /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(?:,\s*|$)/s.exec(rest) ?? fail();
    const text = match[1] ?? match[2]!;
    texts.push(
      text.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|.)/gs, (whole, code: string) =>
        code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (escapes[code] ?? whole),
      ),
    );
    rest = rest.slice(match[0].length);
  }
  return texts;
}
