import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "@tensorflow/tfjs-backend-cpu";
import { createTokenizer, loadClip, readWeights, saveClip } from "@tesserae/models";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tinyClip } from "../fixtures/tiny-clip.js";

const commit = "0123456789abcdef0123456789abcdef01234567";
let folder: string;
let server: Server;
let hubUrl: string;
let requests = 0;

/** A folder served by the protocol of the hub, as far as `@huggingface/hub` needs it to download a model. */
async function serve(model: string): Promise<Server> {
  const entries = await Promise.all(
    (await readdir(model)).map(async (path) => {
      const content = await readFile(join(model, path));
      return {
        type: "file",
        path,
        size: content.length,
        oid: createHash("sha1").update(content).digest("hex"),
        content,
      };
    }),
  );
  return createServer((request, response) => {
    requests += 1;
    const url = new URL(request.url!, "http://localhost");
    const json = (value: unknown) => response.setHeader("content-type", "application/json").end(JSON.stringify(value));
    const described = entries.map(({ content, ...entry }) => entry);
    if (url.pathname.startsWith("/api/models/me/tiny/revision/")) return json({ _id: "1", id: "me/tiny", sha: commit });
    if (url.pathname === `/api/models/me/tiny/tree/${commit}`) return json(described);
    if (url.pathname === `/api/models/me/tiny/paths-info/${commit}`) {
      const chunks: Buffer[] = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        const { paths } = JSON.parse(Buffer.concat(chunks).toString());
        json(described.filter(({ path }) => paths.includes(path)));
      });
      return;
    }
    const entry = entries.find(({ path }) => url.pathname === `/me/tiny/resolve/${commit}/${path}`);
    if (!entry) return response.writeHead(404, { "x-error-message": "Repository not found" }).end();
    const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "");
    const [from, to] = range ? [Number(range[1]), Math.min(Number(range[2]), entry.size - 1)] : [0, entry.size - 1];
    response.writeHead(range ? 206 : 200, {
      etag: `"${entry.oid}"`,
      "content-range": `bytes ${from}-${to}/${entry.size}`,
      "content-length": to - from + 1,
    });
    return response.end(entry.content.subarray(from, to + 1));
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tesserae-hub-"));
  const tokenizer = createTokenizer({ corpus: ["a dog", "a dog"], vocabSize: 520, contextLength: 12 });
  await saveClip(tinyClip(), tokenizer, join(folder, "model"));
  server = await serve(join(folder, "model"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  hubUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

test("a hub's model is downloaded once, then read from the cache, also offline", async () => {
  const cacheDir = join(folder, "cache");
  const expected = [...(await readWeights(tinyClip()))];
  const weights = async (options: object) => [...(await readWeights((await loadClip("me/tiny", options)).clip))];

  await expect(loadClip("me/tiny", { cacheDir, offline: true })).rejects.toThrow(
    `loadClip: "me/tiny" (main) is no folder and not in the cache at ${join(cacheDir, "models--me--tiny")}; without \`offline\` it is downloaded.`,
  );
  expect(await weights({ cacheDir, hubUrl })).toEqual(expected);
  expect((await readdir(join(cacheDir, "models--me--tiny", "snapshots", commit))).sort()).toEqual([
    "config.json",
    "merges.txt",
    "model.safetensors",
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.json",
  ]);
  const first = requests;
  expect(await weights({ cacheDir, hubUrl })).toEqual(expected);
  expect(requests - first).toBe(2); // which commit, which files
  expect(await weights({ cacheDir, offline: true })).toEqual(expected);
  expect(requests - first).toBe(2);
});

test("a model that the hub does not have, and a hub that does not answer, are named", async () => {
  const cacheDir = join(folder, "cache");
  await expect(loadClip("me/other", { cacheDir, hubUrl })).rejects.toThrow(
    /loadClip: cannot get "me\/other" \(main\) from the hub: .*404/,
  );
  await expect(loadClip("me/tiny", { cacheDir, hubUrl: "http://127.0.0.1:9" })).rejects.toThrow(
    /loadClip: cannot get "me\/tiny" \(main\) from the hub: /,
  );
});
