import { existsSync } from "node:fs";
import { parse, parseStream } from "@tesserae/scene-graph";
import { describe, expect, it } from "vitest";

const captions = Array.from({ length: 50 }, (_, index) => `a dog next to ${index + 2} boxes`);

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe("parseStream", () => {
  it("keeps the order in the calling thread and reads no further than asked", async () => {
    let read = 0;
    const source = (function* () {
      for (const caption of captions) {
        read++;
        yield caption;
      }
    })();
    for await (const graph of parseStream(source)) {
      expect(graph).toEqual(parse(captions[0]!));
      break;
    }
    expect(read).toBe(1);
    expect(await collect(parseStream(captions))).toEqual(captions.map(parse));
  });

  it("refuses numbers that mean nothing", async () => {
    await expect(collect(parseStream([], { workers: -1 }))).rejects.toThrow(/workers is -1/);
    await expect(collect(parseStream([], { batchSize: 0 }))).rejects.toThrow(/batchSize is 0/);
  });

  // The worker is a built file; a test run from fresh sources has none.
  it.skipIf(!existsSync(new URL("../../dist/parse-worker.js", import.meta.url)))(
    "keeps the order over two workers, with bounded reading",
    async () => {
      let read = 0;
      const source = (function* () {
        for (const caption of captions) {
          read++;
          yield caption;
        }
      })();
      const names: number[] = [];
      for await (const graph of parseStream(source, { workers: 2, batchSize: 5 })) {
        if (names.length === 0) expect(read).toBeLessThanOrEqual(20);
        names.push(Number(graph.objects[1]!.quantity));
      }
      expect(names).toEqual(captions.map((_, index) => index + 2));
    },
  );
});
