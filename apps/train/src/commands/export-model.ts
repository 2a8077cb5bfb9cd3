import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { exportOnnx, loadClip, saveClip } from "@tesserae/models";
import { selectBackend, toOnnx } from "@tesserae/tfjs-backend-ort";

/** Layouts that `export` writes. */
export const exportFormats = ["hf", "open_clip", "onnx"] as const;

export type ExportFormat = (typeof exportFormats)[number];

/**
 * Writes a trained model for other tools: a folder that Python's transformers opens, one that open_clip opens, or the two towers
 * as ONNX, which `@huggingface/transformers` opens.
 *
 * @param checkpoint folder of a run, of a model, or a model of the hub
 * @param out folder to write; by default beside the model, named after it and the format
 * @returns the folder written
 */
export async function exportModel(checkpoint: string, format: ExportFormat, out?: string): Promise<string> {
  await selectBackend({ backend: "ort" }); // it records the ONNX models
  const inRun = join(checkpoint, "checkpoint");
  const source = existsSync(join(inRun, "config.json")) ? inRun : checkpoint;
  const { clip, tokenizer, phraseTokenizer } = await loadClip(source);
  const place = existsSync(source) ? dirname(resolve(source)) : ".";
  const folder = out ?? join(place, `${basename(source)}-${format}`);
  if (format === "onnx") await exportOnnx(clip, tokenizer, folder, { toOnnx });
  else await saveClip(clip, tokenizer, folder, { format, ...(phraseTokenizer ? { phraseTokenizer } : {}) });
  clip.dispose();
  return folder;
}
