import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createProgram as createBench } from "@tesserae/bench";
import { createProgram as createTrain } from "@tesserae/train";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const markdownIn = async (folder: string) =>
  (await readdir(join(root, folder))).filter((name) => name.endsWith(".md")).map((name) => join(folder, name));
const readmesIn = async (folder: string) =>
  (await readdir(join(root, folder))).map((name) => join(folder, name, "README.md"));
const pages = [
  ...(await Promise.all([".", "docs", "docs/guide", "docs/decisions"].map(markdownIn))).flat(),
  ...(await Promise.all(["apps", "packages"].map(readmesIn))).flat(),
];
const programs = { train: createTrain(), bench: createBench() };

/** Every `pnpm train …` and `npx @tesserae/bench …` that a page tells its reader to run. */
async function commandsOf(page: string) {
  const text = await readFile(join(root, page), "utf8");
  return [...text.matchAll(/(?:pnpm |npx @tesserae\/)(train|bench) ([a-z][^\n`#]*)/g)].map(([line, app, rest]) => ({
    line,
    program: programs[app as keyof typeof programs],
    words: rest!.replaceAll(/[[\]]/g, "").split(" "),
  }));
}

describe("the commands in READMEs and guides", async () => {
  const all = (await Promise.all(pages.map(async (page) => [page, await commandsOf(page)] as const))).filter(
    ([, commands]) => commands.length > 0,
  );

  it("are found", () => {
    expect(all.length).toBeGreaterThan(5);
  });

  it.each(all)("%s: have the names and options that the programs know", (_, commands) => {
    for (const { line, program, words } of commands) {
      const command = program.commands.find((candidate) => candidate.name() === words[0]);
      expect(command, line).toBeDefined();
      const known = [...program.options, ...command!.options];
      for (const [index, word] of words.entries()) {
        if (!word.startsWith("--")) continue;
        const option = known.find(({ long }) => long === word);
        expect(option, `${word} in ${line}`).toBeDefined();
        const value = words[index + 1] ?? "";
        if (option!.argChoices && !value.includes("|")) expect(option!.argChoices, line).toContain(value);
      }
    }
  });

  it.each(["train", "bench"] as const)("%s's README shows each of its commands", async (app) => {
    const readme = await readFile(join(root, "apps", app, "README.md"), "utf8");
    for (const command of programs[app].commands) {
      expect(readme).toMatch(new RegExp(`npx @tesserae/${app} ${command.name()} |^\\| \`${command.name()}\\b`, "m"));
    }
  });
});
