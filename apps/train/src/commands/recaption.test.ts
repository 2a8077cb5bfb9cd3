import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { printed } from "../fixtures/command-line.js";
import { folder, photoFolder, runTiny } from "../fixtures/runs.js";

const linesOf = async (out: string) =>
  (await readFile(join(out, "annotations.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { image: string; captions: string[] });

describe("train recaption", () => {
  it("joins the captions of each image, and training reads what it wrote", async () => {
    const [photos, out] = [await photoFolder(24), await folder()];
    const text = await printed("recaption", photos, "--out", out);
    expect(text).toMatch(/recaption: 24 captions of \d+\.\d words on average/);
    const lines = await linesOf(out);
    expect(lines).toHaveLength(24);
    for (const { captions } of lines) expect(captions).toEqual([expect.stringMatching(/^.+\. .+ again\.$/)]);
    const record = await runTiny("semantic-guidance", await folder(), [
      `data=${join(out, "annotations.jsonl")}`,
      "recaption=none",
      "hardNegativeSteps=2",
    ]);
    expect(record.parts.map(({ step }) => step)).toEqual(["train", "hard-negatives"]);
  });

  it("asks a service, and asks once for what it has answered", async () => {
    let asked = 0;
    const server = createServer((request, response) => {
      request.resume().on("end", () => {
        asked++;
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ choices: [{ message: { content: `A picture of number ${asked}.` } }] }));
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const [photos, out] = [await photoFolder(5), await folder()];
    const command = ["recaption", photos, "--out", out, "--by", "http", "--url", url, "--model", "m"];
    await printed(...command);
    expect(asked).toBe(5);
    const first = await linesOf(out);
    await printed(...command);
    expect(asked).toBe(5);
    expect(await linesOf(out)).toEqual(first);
    expect(new Set(first.map(({ captions }) => captions[0])).size).toBe(5);
    server.close();
  });

  it("takes a recaptioner of your own, and names what is none", async () => {
    const [photos, out, own] = [await photoFolder(3), await folder(), await folder()];
    const file = join(own, "mine.ts");
    await writeFile(
      file,
      'export default { name: "mine", version: "1", recaption: async (all) => all.map(({ altText }) => ({ caption: "I see " + altText.split("\\n")[0] })) };',
    );
    await printed("recaption", photos, "--out", out, "--by", file);
    for (const { captions } of await linesOf(out)) expect(captions[0]).toMatch(/^I see /);
    await expect(printed("recaption", photos, "--out", out, "--by", "htttp")).rejects.toThrow(
      'recaption by "htttp": no such recaptioner',
    );
    await expect(printed("recaption", photos, "--out", out, "--by", "http")).rejects.toThrow(
      "say the address of the service",
    );
  });
});
