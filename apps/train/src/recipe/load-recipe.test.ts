import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig, parseConfig } from "@tesserae/train";
import { describe, expect, it } from "vitest";

async function configFile(content: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "tesserae-config-")), "run.ts");
  await writeFile(file, content);
  return file;
}

describe("loadConfig", () => {
  it("reads TypeScript, applies settings and fills in defaults", async () => {
    const file = await configFile(`export default { name: "a" as string, method: "clip", steps: 10 }`);
    const config = await loadConfig(file, ["batchSize=8", "model.text.layers=1", "data=some/folder"]);
    expect(config.batchSize).toBe(8);
    expect(config.data).toBe("some/folder");
    expect(config.lr).toBe(0.001);
  });

  it("refuses settings that contradict each other", () => {
    const config = { name: "a", method: "clip", steps: 10 };
    expect(() => parseConfig({ ...config, pretrained: "my-clip", model: { embedDim: 8 } }, "run.ts")).toThrow(
      'run.ts: with "pretrained" the model is that of my-clip; leave "model" out',
    );
    expect(() => parseConfig({ ...config, miner: "negclip" }, "run.ts")).toThrow(
      'run.ts: method "clip" trains without negatives, so miner "negclip" would do nothing; use --set method=negclip',
    );
    expect(() => parseConfig({ ...config, lockImage: true, lockText: true }, "run.ts")).toThrow(
      'run.ts: "lockImage" and "lockText" together leave nothing to train; give one of them',
    );
  });

  it("names the file that is not there", async () => {
    await expect(loadConfig("no-such.ts")).rejects.toThrow("no-such.ts: no such configuration file");
  });

  it("tells the setting that is not key=value", async () => {
    const file = await configFile(`export default { name: "a", method: "clip", steps: 10 }`);
    await expect(loadConfig(file, ["lr"])).rejects.toThrow("--set lr: expected key=value");
  });
});

describe("parseConfig", () => {
  it("answers an unknown key with the nearest", () => {
    expect(() => parseConfig({ name: "a", method: "clip", steps: 1, bachSize: 3 }, "here")).toThrow(
      'here: unknown key "bachSize"; did you mean "batchSize"?',
    );
    const model = { vision: { imageSize: 32, patchsize: 8, patchSize: 8, width: 8, layers: 1, heads: 1 } };
    expect(() => parseConfig({ name: "a", method: "clip", steps: 1, model }, "here")).toThrow(
      'unknown key "model.vision.patchsize"; did you mean "patchSize"?',
    );
  });

  it("tells a wrong value with its key", () => {
    expect(() => parseConfig({ name: "a", method: "clop", steps: 1 }, "here")).toThrow('here: "method":');
  });

  it("wants steps or epochs, and not both", () => {
    expect(() => parseConfig({ name: "a", method: "clip" }, "here")).toThrow('"steps" or "epochs"');
    expect(() => parseConfig({ name: "a", method: "clip", steps: 1, epochs: 1 }, "here")).toThrow(
      '"steps" or "epochs"',
    );
  });
});
