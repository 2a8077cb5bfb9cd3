import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { httpRecaptioner } from "@tesserae/augment/http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

interface Asked {
  readonly url: string;
  readonly key: string | undefined;
  readonly body: {
    readonly model: string;
    readonly messages: readonly [{ readonly content: readonly [{ text: string }, { image_url: { url: string } }] }];
  };
}

let server: Server;
let baseUrl: string;
let folder: string;
let asked: Asked[] = [];
let underWay = 0;
let mostUnderWay = 0;
/** How the service answers its nth request, counted from 1: a status with its text, or "hang". */
let answer: (n: number, request: Asked) => { status: number; text: string; headers?: Record<string, string> } | "hang";

const completion = (content: string) => ({
  status: 200,
  text: JSON.stringify({ choices: [{ message: { content } }], usage: { prompt_tokens: 100, completion_tokens: 10 } }),
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tesserae-recaption-"));
  await writeFile(join(folder, "a.png"), Uint8Array.of(1, 2, 3));
  await writeFile(join(folder, "b.jpg"), Uint8Array.of(4, 5));
  server = createServer(async (request, response) => {
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    const body = JSON.parse(await bodyOf(request)) as Asked["body"];
    asked.push({ url: request.url!, key: request.headers.authorization, body });
    const given = answer(asked.length, asked.at(-1)!);
    await new Promise((resolve) => setTimeout(resolve, 20));
    underWay--;
    if (given !== "hang") response.writeHead(given.status, given.headers).end(given.text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  asked = [];
  mostUnderWay = 0;
  answer = () => completion("a caption");
});

const create = (options: Partial<Parameters<typeof httpRecaptioner>[0]> = {}) =>
  httpRecaptioner({ baseUrl, model: "tiny", keyVariable: "TESSERAE_TEST_KEY", backOff: 5, ...options });
const image = (name: string) => ({ image: join(folder, name) });

describe("httpRecaptioner", () => {
  it("sends the image, the alt text and the title, and counts tokens and cost", async () => {
    answer = () => completion(" a red dog\n on a box ");
    const recaptioner = create({ price: { input: 2, output: 8 } });
    const answers = await recaptioner.recaption([
      { ...image("a.png"), altText: "IMG_1", title: "Our dog" },
      { image: "https://example.org/c.jpg" },
    ]);
    expect(answers).toEqual([{ caption: "a red dog on a box" }, { caption: "a red dog on a box" }]);
    const isFirst = ({ body }: Asked) => body.messages[0].content[0].text.includes("IMG_1");
    const [first, second] = [asked.find(isFirst), asked.find((one) => !isFirst(one))];
    expect(first).toMatchObject({
      url: "/v1/chat/completions",
      key: undefined,
      body: { model: "tiny", temperature: 0 },
    });
    const [text, picture] = first!.body.messages[0].content;
    expect(text.text).toContain("about 57 words");
    expect(text.text).toContain("Alternative text: IMG_1\nTitle of the page: Our dog");
    expect(picture.image_url.url).toBe("data:image/png;base64,AQID");
    expect(second!.body.messages[0].content[1].image_url.url).toBe("https://example.org/c.jpg");
    expect(recaptioner.usage()).toEqual({ answered: 2, cached: 0, inputTokens: 200, outputTokens: 20, cost: 0.00056 });
  });

  it("asks again after what may pass, not after what will not", async () => {
    answer = (n) =>
      n === 1
        ? { status: 503, text: "busy" }
        : n === 2
          ? { status: 429, text: "", headers: { "retry-after": "0" } }
          : completion("at last");
    expect(await create().recaption([image("a.png")])).toEqual([{ caption: "at last" }]);
    expect(asked).toHaveLength(3);
    answer = () => ({ status: 500, text: "no\nluck" });
    const given = await create({ retries: 1 }).recaption([image("b.jpg")]);
    expect(given).toEqual([{ problem: `${join(folder, "b.jpg")}: HTTP 500: no luck (after 2 attempts)` }]);
    asked = [];
    answer = () => ({ status: 400, text: "bad image" });
    expect(await create().recaption([image("b.jpg")])).toEqual([
      { problem: `${join(folder, "b.jpg")}: HTTP 400: bad image` },
    ]);
    expect(asked).toHaveLength(1);
  });

  it("gives up on silence, on a service that is not there, on nonsense and on files that cannot be read", async () => {
    answer = () => "hang";
    const slow = await create({ timeout: 100, retries: 0 }).recaption([image("a.png")]);
    expect(slow).toEqual([{ problem: `${join(folder, "a.png")}: no answer within 100 ms` }]);
    const [gone] = await create({ baseUrl: "http://127.0.0.1:9/v1", retries: 0 }).recaption([image("a.png")]);
    expect(gone).toMatchObject({ problem: expect.stringMatching(/ECONNREFUSED|fetch failed|bad port/) });
    answer = () => ({ status: 200, text: '{"choices": []}' });
    const [empty, missing] = await create().recaption([image("a.png"), image("none.png")]);
    expect(empty).toMatchObject({ problem: expect.stringContaining('the answer holds no caption: {"choices": []}') });
    expect(missing).toEqual({ problem: `${join(folder, "none.png")}: cannot be read (ENOENT)` });
  });

  it("answers from the cache by content, so that a killed run goes on", async () => {
    const cacheFolder = join(folder, "cache");
    answer = (n) => (n === 2 ? { status: 400, text: "down" } : completion(`caption ${n}`));
    const requests = [image("a.png"), image("b.jpg")];
    const before = await create({ cacheFolder, concurrency: 1 }).recaption(requests);
    expect(before).toMatchObject([{ caption: "caption 1" }, { problem: expect.any(String) }]);
    const again = create({ cacheFolder, concurrency: 1 });
    expect(await again.recaption(requests)).toEqual([{ caption: "caption 1" }, { caption: "caption 3" }]);
    expect(again.usage()).toMatchObject({ answered: 1, cached: 1 });
    await create({ cacheFolder }).recaption([{ ...image("a.png"), altText: "other" }]);
    await create({ cacheFolder, model: "other" }).recaption([image("a.png")]);
    await writeFile(join(folder, "a.png"), Uint8Array.of(9));
    await create({ cacheFolder }).recaption([image("a.png")]);
    expect(asked).toHaveLength(6);
  });

  it("asks again for what a broken file of the cache holds, and replaces it", async () => {
    const cacheFolder = join(folder, "broken");
    await create({ cacheFolder }).recaption([image("b.jpg")]);
    const [name] = (await readdir(cacheFolder, { recursive: true })).filter((entry) => entry.endsWith(".json"));
    const file = join(cacheFolder, name!);
    for (const content of ['{"capt', "{}"]) {
      await writeFile(file, content);
      expect(await create({ cacheFolder }).recaption([image("b.jpg")])).toEqual([{ caption: "a caption" }]);
      expect(await readFile(file, "utf8")).toBe('{"caption":"a caption"}\n');
    }
    expect(asked).toHaveLength(3);
  });

  it("refuses options that cannot be, before it asks", () => {
    expect(() => create({ retries: -1 })).toThrow("httpRecaptioner: retries is -1; give a whole number of at least 0");
    expect(() => create({ concurrency: 0 })).toThrow("concurrency is 0; give a whole number of at least 1");
    expect(() => create({ timeout: Number.NaN })).toThrow("timeout is NaN");
    expect(() => create({ baseUrl: "localhost:8000/v1" })).toThrow(
      'baseUrl is "localhost:8000/v1"; give an address that starts with http:// or https://',
    );
  });

  it("asks once for what is requested twice at the same time, where there is a cache", async () => {
    answer = (n) => completion(`caption ${n}`);
    const recaptioner = create({ cacheFolder: join(folder, "twice") });
    const address = "https://example.org/same.jpg";
    const answers = await recaptioner.recaption([{ image: address }, { image: address }, { image: address }]);
    expect(answers).toEqual(Array(3).fill({ caption: "caption 1" }));
    expect(recaptioner.usage()).toMatchObject({ answered: 1, cached: 2 });
    expect(asked).toHaveLength(1);
  });

  it("has no more requests under way than allowed, and keeps their order", async () => {
    answer = (_, { body }) => completion(body.messages[0].content[1].image_url.url);
    const addresses = Array.from({ length: 9 }, (_, index) => `https://example.org/${index}.jpg`);
    const answers = await create({ concurrency: 3 }).recaption(addresses.map((address) => ({ image: address })));
    expect(answers).toEqual(addresses.map((caption) => ({ caption })));
    expect(mostUnderWay).toBeGreaterThan(1);
    expect(mostUnderWay).toBeLessThanOrEqual(3);
  });

  it("takes the key from the environment and never shows or stores it", async () => {
    process.env.TESSERAE_TEST_KEY = "sk-secret-123";
    try {
      answer = (n) => (n === 1 ? completion("fine") : { status: n === 2 ? 400 : 401, text: "wrong key sk-secret-123" });
      const cacheFolder = join(folder, "keys");
      const recaptioner = create({ cacheFolder });
      expect(await recaptioner.recaption([image("b.jpg")])).toEqual([{ caption: "fine" }]);
      expect(asked[0]!.key).toBe("Bearer sk-secret-123");
      const [refused] = await create().recaption([image("b.jpg")]);
      expect(refused).toEqual({ problem: `${join(folder, "b.jpg")}: HTTP 400: wrong key [key]` });
      const denied = create().recaption([image("b.jpg")]);
      await expect(denied).rejects.toThrow(/HTTP 401: wrong key \[key\] \(the key in TESSERAE_TEST_KEY was sent\)/);
      for (const name of await readdir(cacheFolder, { recursive: true })) {
        expect(name).not.toContain("secret");
        if (name.endsWith(".json"))
          expect(await readFile(join(cacheFolder, name), "utf8")).toBe('{"caption":"fine"}\n');
      }
      expect(JSON.stringify(recaptioner)).not.toContain("secret");
    } finally {
      delete process.env.TESSERAE_TEST_KEY;
    }
  });

  it("stops when the signal is aborted", async () => {
    answer = () => "hang";
    const signal = AbortSignal.timeout(50);
    await expect(create().recaption([image("a.png")], { signal })).rejects.toThrow(/aborted|timeout/i);
  });
});
