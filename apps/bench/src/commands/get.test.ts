import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bench } from "../fixtures/bench.js";

const content = Buffer.from(JSON.stringify(Array.from({ length: 500 }, (_, index) => index)));
const sum = createHash("sha256").update(content).digest("hex");
const ranges: (string | undefined)[] = [];
let server: Server;
let address: string;

/** Serves one file with ranges; "/cut" closes the connection half way, the first time. */
beforeAll(async () => {
  let cuts = 0;
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    if (request.url === "/gone") return response.writeHead(404).end();
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    response.writeHead(start > 0 ? 206 : 200, { "content-length": content.length - start });
    if (request.url === "/cut" && cuts++ === 0) {
      response.write(content.subarray(0, 700));
      return setTimeout(() => response.destroy(), 50);
    }
    return response.end(content.subarray(start));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

/** A benchmark's file with one download, in a folder of its own. */
async function benchmark(path: string, sha256: string): Promise<{ file: string; data: string }> {
  const data = await mkdtemp(join(tmpdir(), "get-"));
  const file = join(data, "mine.mjs");
  const definition =
    `{ name: "my/set", version: "1", family: choice, policy: strictPolicy, headline: "accuracy", split: "test", sampleCount: null, ` +
    `folder: "set", files: [{ path: "items.json", url: "${address}${path}", sha256: "${sha256}" }], images: "photos", ` +
    `needs: "photos from you", citation: "none", licence: "MIT", read: async () => ({ items: [] }) }`;
  await writeFile(
    file,
    `import { choice, strictPolicy } from "@tesserae/benchmarks";\nexport default ${definition};\n`,
  );
  return { file, data };
}

it("prints the licence, puts the file into place by its checksum, and says what is still missing", async () => {
  const { file, data } = await benchmark("/whole", sum);
  const text = await bench("get", file, "--data", data);
  expect(text).toMatch(/^my\/set: licence: MIT$/m);
  expect(text).toMatch(/set\/items\.json: 0\.00 MB, checksum right$/m);
  expect(text).toMatch(/still missing: .*photos\. It needs photos from you$/m);
  expect(await readFile(join(data, "set", "items.json"))).toEqual(content);
  expect(await bench("get", file, "--data", data)).toContain("items.json is there");
});

it("goes on where it was interrupted", async () => {
  const { file, data } = await benchmark("/cut", sum);
  await expect(bench("get", file, "--data", data)).rejects.toThrow(
    /\/cut: ended after 700 .*run the same command again/,
  );
  expect(await readdir(join(data, "set"))).toEqual(["items.json.partial"]);
  await bench("get", file, "--data", data);
  expect(ranges.at(-1)).toBe("bytes=700-");
  expect(await readFile(join(data, "set", "items.json"))).toEqual(content);
});

it("keeps no file of another checksum, and tells what the server says", async () => {
  const wrong = await benchmark("/whole", "0".repeat(64));
  await expect(bench("get", wrong.file, "--data", wrong.data)).rejects.toThrow(/has the SHA-256 .*; expected 0000/);
  expect(await readdir(join(wrong.data, "set"))).toEqual([]);
  const gone = await benchmark("/gone", sum);
  await expect(bench("get", gone.file, "--data", gone.data)).rejects.toThrow("/gone: the server answers 404 Not Found");
});
