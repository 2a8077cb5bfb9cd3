import { basename, dirname } from "node:path";
import { streamPytorch } from "../formats/pytorch.js";
import { streamSafetensors } from "../formats/safetensors.js";
import { locate } from "../model-error.js";
import type { Weights } from "../weights/weights.js";
import { openModelFolder } from "./model-folder.js";

/**
 * The weights of one file, by the names that they have in it: `.safetensors`, or what `torch.save` wrote (`.pt`, `.pth`, `.bin`).
 * To make a model of them, hand them to `clipFromWeights` with its configuration, renamed where the file is another library's.
 *
 * @throws ModelError naming the file that is missing, cut or of another kind, or the tensor that is not read.
 */
export function readCheckpoint(path: string): Promise<Weights> {
  const name = basename(path);
  const stream = name.endsWith(".safetensors") ? streamSafetensors : streamPytorch;
  return locate(`readCheckpoint: ${dirname(path)}`, () =>
    openModelFolder(dirname(path)).withSource(name, (source) => stream(source, name)),
  );
}
