import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createProgram } from "@tesserae/bench";
import { afterAll, describe, expect, it } from "vitest";

/** Does what the page says, with nothing but the page: saves its files under the names that it gives, and runs its commands. */
const page = fileURLToPath(new URL("write-a-miner.md", import.meta.url));
const text = await readFile(page, "utf8");

await mkdir(join(dirname(page), "../.vitepress/cache"), { recursive: true });
const folder = await mkdtemp(join(dirname(page), "../.vitepress/cache/page-"));
const saved: string[] = [];
for (const [, name, snippet, block] of text.matchAll(/as `([\w.-]+)`:\n\n(?:<<< (\S+)|```\w+\n([\s\S]*?)```)/g)) {
  await writeFile(join(folder, name!), block ?? (await readFile(resolve(dirname(page), snippet!), "utf8")));
  saved.push(name!);
}
afterAll(() => rm(folder, { recursive: true }));

describe("the page's own test", async () => {
  await import(/* @vite-ignore */ join(folder, "my-miner.test.ts"));
});

describe("the page", () => {
  it("gives all the files that it uses", () => {
    expect(saved).toEqual(["my-miner.ts", "captions.txt", "my-miner.test.ts"]);
  });

  it("makes a table in which the miner stands by its name, with the numbers that the page says", async () => {
    const command = /^pnpm bench (negatives .*)$/m.exec(text)![1]!;
    const lines: string[] = [];
    const program = createProgram({ terminal: false, columns: 120, print: (line) => lines.push(line) });
    const inFolder = command.split(" ").map((word) => (/\.(ts|txt)$/.test(word) ? join(folder, word) : word));
    await program.parseAsync(inFolder, { from: "user" });
    expect(lines.join("\n")).toMatch(/^opposites +1 +2 +66\.7 % +66\.7 % +0 +0 +1 +0 /m);
    expect(text).toContain("it found 2 negatives and covers 66.7 % of the captions");
  });
});
