import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Step } from "@tesserae/train";

/** Writes down how many bytes of weights the model has that the steps before made. */
export function countWeights(): Step {
  return {
    name: "count-weights",
    version: "1",
    options: {},
    run: async ({ run, folder, artefacts }) => {
      const { length } = await readFile(join(run, artefacts.model!, "model.safetensors"));
      await writeFile(join(folder, "bytes.txt"), String(length));
      return { artefacts: {}, record: { bytes: length } };
    },
  };
}
