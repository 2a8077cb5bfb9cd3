import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCheckpoint } from "@tesserae/models/node";
import { expect, test } from "vitest";

// Files of tools/oracles/pytorch_files.py, and what PyTorch says is in them.
const path = (name: string) => fileURLToPath(new URL(`../fixtures/pytorch/${name}`, import.meta.url));
const { tensors } = JSON.parse(readFileSync(path("expected.json"), "utf8")) as {
  tensors: Record<string, { shape: number[]; data: number[] }>;
};

test.each(["state-dict.bin", "training.pt"])(
  "%s: every tensor of torch.save, views and half numbers too",
  async (name) => {
    const weights = await readCheckpoint(path(name));
    const found = Object.fromEntries(
      [...weights].map(([tensor, { shape, data }]) => [tensor, { shape, data: Array.from(data) }]),
    );
    expect(found).toEqual(tensors);
  },
);

test("names what is not read", async () => {
  await expect(readCheckpoint(path("legacy.bin"))).rejects.toThrow(
    "legacy.bin is no file of torch.save of PyTorch 1.6 or later; load it in Python and save its state_dict() again.",
  );
  await expect(readCheckpoint(path("doubles.bin"))).rejects.toThrow(
    'doubles.bin: logit_scale holds numbers of the type "DoubleStorage"; F32, F16, BF16, I64 are read',
  );
  const folder = await mkdtemp(join(tmpdir(), "tesserae-pytorch-"));
  const whole = readFileSync(path("state-dict.bin"));
  await writeFile(join(folder, "cut.pt"), whole.subarray(0, whole.length - 60));
  await expect(readCheckpoint(join(folder, "cut.pt"))).rejects.toThrow(
    "cut.pt: no end of a ZIP archive is found; the file is cut, or of another kind.",
  );
  await expect(readCheckpoint(join(folder, "none.pt"))).rejects.toThrow("cannot read none.pt (ENOENT)");
  await rm(folder, { recursive: true });
});
