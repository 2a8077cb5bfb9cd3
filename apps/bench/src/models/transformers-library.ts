import { BenchError } from "../bench-error.js";

/** The optional peer as its own declarations describe it. */
export type TransformersLibrary = typeof import("@huggingface/transformers");

const peer = "@huggingface/transformers";

/** Loads the optional peer. @throws BenchError that says how to install it */
export async function transformersLibrary(): Promise<TransformersLibrary> {
  try {
    return (await import(/* @vite-ignore */ peer)) as TransformersLibrary;
  } catch (cause) {
    const [reason] = (cause as Error).message.split("\n");
    throw new BenchError(`ONNX models run by ${peer}, which cannot be loaded (${reason}); npm install ${peer}`, {
      cause,
    });
  }
}
