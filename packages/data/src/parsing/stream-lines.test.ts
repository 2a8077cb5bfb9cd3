import { streamLines } from "@tesserae/data";
import { describe, expect, test } from "vitest";
import { dataError, useTemporaryFolder } from "../fixtures/temporary-folder.js";

const { write, path } = useTemporaryFolder();

async function lines(content: string | Uint8Array): Promise<readonly (readonly [number, string])[]> {
  const found: (readonly [number, string])[] = [];
  for await (const { number, text } of streamLines(await write("lines", content), "lines")) found.push([number, text]);
  return found;
}

describe("streamLines", () => {
  test("a line break at the end starts no line; a missing one loses none", async () => {
    expect(await lines("a\n\nb")).toEqual([
      [1, "a"],
      [2, ""],
      [3, "b"],
    ]);
    expect(await lines("a\r\nb\r\n")).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
    expect(await lines("")).toEqual([]);
    expect(await lines("\n")).toEqual([[1, ""]]);
  });

  test.each(["\n", "\r\n", "\r"])("letters and lines that a piece of the file ends in (%j)", async (end) => {
    const texts = Array.from({ length: 9000 }, (_, i) => `${"é🐕".repeat(i % 9)} ${i}`);
    expect((await lines(texts.join(end))).map(([, text]) => text)).toEqual(texts);
    const wide = Buffer.from(`\uFEFF${texts.join(end)}`, "utf16le");
    expect((await lines(wide)).map(([, text]) => text)).toEqual(texts);
  });

  test("a carriage return within a line of a file with line feeds stays", async () => {
    expect(await lines("a\rb\nc\n")).toEqual([
      [1, "a\rb"],
      [2, "c"],
    ]);
  });

  test("a line longer than a piece of the file", async () => {
    const long = "x".repeat(300_000);
    expect(await lines(`${long}\n${long}y\n`)).toEqual([
      [1, long],
      [2, `${long}y`],
    ]);
  });

  test("what is missing or a folder is an error", async () => {
    const read = async (name: string) => {
      for await (const _ of streamLines(path(name), "lines of text"));
    };
    expect(await dataError(read("gone"))).toBe(`not-found: ${path("gone")}: no such file; expected lines of text`);
    expect(await dataError(read("."))).toMatch(/^not-found: .*: is a folder; expected lines of text/);
  });
});
