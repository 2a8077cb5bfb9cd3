import type { ClipConfig } from "@tesserae/models";
import { unknownName } from "../unknown-name.js";

/** A CLIP and a batch to take training steps with. */
export interface ClipSize {
  readonly name: string;
  readonly batch: number;
  readonly config: ClipConfig & {
    readonly vision: { readonly imageSize: number; readonly patchSize: number; readonly pool: "class" | "mean" };
    readonly text: { readonly contextLength: number; readonly vocabSize: number };
  };
}

function square(name: string, batch: number, layers: number, width: number, heads: number): ClipSize {
  const tower = { layers, width, heads };
  return {
    name,
    batch,
    config: {
      embedDim: width,
      activation: "gelu",
      vision: { imageSize: 64, patchSize: 8, pool: "mean", ...tower },
      text: { contextLength: 32, vocabSize: 1000, ...tower },
    },
  };
}

/** ViT-B/32 with its text tower at full context. */
export function vitB32(batch: number): ClipSize {
  return {
    name: `ViT-B/32, batch ${batch}`,
    batch,
    config: {
      embedDim: 512,
      activation: "gelu",
      vision: { imageSize: 224, patchSize: 32, pool: "class", layers: 12, width: 768, heads: 12 },
      text: { contextLength: 77, vocabSize: 49_408, layers: 12, width: 512, heads: 8 },
    },
  };
}

/** The sizes of `perf engine` and `perf eval`, smallest first. Images of the first two have 64 tokens, texts 32. */
export const clipSizes: readonly ClipSize[] = [
  square("tiny 4x128, batch 64", 64, 4, 128, 4),
  square("small 6x256, batch 64", 64, 6, 256, 4),
  vitB32(8),
  vitB32(32),
];

/** The sizes whose name begins so; all for no name. @throws PerfError that lists the names */
export function chosenSizes(name = ""): readonly ClipSize[] {
  const chosen = clipSizes.filter((size) => size.name.startsWith(name));
  if (chosen.length > 0) return chosen;
  const names = clipSizes.map((size) => size.name.split(/[ ,]/)[0]!);
  throw unknownName("size", name, names);
}
