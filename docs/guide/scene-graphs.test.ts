import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it, vi } from "vitest";

const page = fileURLToPath(new URL("scene-graphs.md", import.meta.url));
const cache = join(dirname(page), "../.vitepress/cache");
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, "page-"));
afterAll(() => rm(folder, { recursive: true }));
const blocks = [...(await readFile(page, "utf8")).matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block!);

it.each(blocks.map((block, index) => [index + 1, block] as const))(
  "example %i prints what it says",
  async (index, block) => {
    const file = join(folder, `example-${index}.ts`);
    await writeFile(file, block);
    const printed: string[] = [];
    vi.spyOn(console, "log").mockImplementation((...values) => void printed.push(values.join(" ")));
    await import(file).finally(() => vi.restoreAllMocks());
    expect(printed).toEqual([...block.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => line));
  },
);
