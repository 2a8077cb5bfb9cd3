import type { RgbImage } from "@tesserae/models";

/** A CLIP in `@huggingface/transformers`, as its documentation uses one. */
export interface TransformersPeer {
  /** Embeds images and texts, some at a time. */
  embed(images: readonly RgbImage[], texts: readonly string[], batch: number): Promise<void>;
  dispose(): Promise<void>;
}

/** Opens a folder with ONNX models and their tokenizer. @throws Error when the package cannot be loaded */
export async function openTransformersPeer(folder: string, threads: number): Promise<TransformersPeer> {
  const library = await import("@huggingface/transformers");
  const options = { dtype: "fp32", device: "cpu", session_options: { intraOpNumThreads: threads } } as const;
  const processor = await library.AutoProcessor.from_pretrained(folder, {});
  const tokenizer = await library.AutoTokenizer.from_pretrained(folder);
  const vision = await library.CLIPVisionModelWithProjection.from_pretrained(folder, options);
  const text = await library.CLIPTextModelWithProjection.from_pretrained(folder, options);
  return {
    async embed(images, texts, batch) {
      for (let start = 0; start < images.length; start += batch) {
        const raw = images
          .slice(start, start + batch)
          .map(({ data, width, height }) => new library.RawImage(Uint8ClampedArray.from(data), width, height, 3));
        await vision(await processor(raw));
      }
      for (let start = 0; start < texts.length; start += batch) {
        await text(tokenizer(texts.slice(start, start + batch), { padding: "max_length", truncation: true }));
      }
    },
    dispose: async () => void (await Promise.all([vision.dispose(), text.dispose()])),
  };
}
