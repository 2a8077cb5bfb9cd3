import type { Recaption, Recaptioner } from "./recaptioner.js";

/** What `pipeline("image-to-text", model)` of `@huggingface/transformers` gives: called with an image, it answers with texts. */
export type ImageToText = (image: string, options?: Readonly<Record<string, unknown>>) => Promise<unknown>;

export interface TransformersRecaptionerOptions {
  /** A model for the task "image-to-text" on the Hugging Face hub, or a local folder: "Xenova/vit-gpt2-image-captioning". */
  readonly model: string;
  /** A pipeline made by you, with your device and precision. Default: made with `@huggingface/transformers`, which must then be installed. */
  readonly pipeline?: ImageToText;
  /** Passed on at every call, such as `{ max_new_tokens: 60 }`. */
  readonly generation?: Readonly<Record<string, unknown>>;
}

/**
 * Recaptions on this machine with a captioning model of `@huggingface/transformers`, an optional peer that is loaded with the
 * first request. Such models see the image alone: alt text and title are not used.
 *
 * @throws Error from `recaption` where the package is not installed or the model does not load
 */
export function transformersRecaptioner({
  model,
  generation,
  ...options
}: TransformersRecaptionerOptions): Recaptioner {
  let loading: Promise<ImageToText> | undefined;
  return {
    name: `transformers:${model}`,
    version: "1",
    recaption: async (requests, { signal } = {}) => {
      loading ??= options.pipeline ? Promise.resolve(options.pipeline) : loadPipeline(model);
      const captioner = await loading;
      const answers: Recaption[] = [];
      for (const { image } of requests) {
        signal?.throwIfAborted();
        try {
          const caption = generatedText(await captioner(image, generation));
          answers.push(caption ? { caption } : { problem: `${image}: the model gave no text` });
        } catch (error) {
          answers.push({ problem: `${image}: ${(error as Error).message.split("\n")[0]}` });
        }
      }
      return answers;
    },
  };
}

const peer = "@huggingface/transformers";

async function loadPipeline(model: string): Promise<ImageToText> {
  let library: { pipeline(task: string, model: string): Promise<ImageToText> };
  try {
    library = await import(/* @vite-ignore */ peer);
  } catch (cause) {
    const [reason] = (cause as Error).message.split("\n");
    throw new Error(
      `transformersRecaptioner: ${peer} cannot be loaded (${reason}); npm install ${peer}, or give a \`pipeline\` of your own`,
      { cause },
    );
  }
  return library.pipeline("image-to-text", model);
}

/** The text in `[{ generated_text }]`, the answer of an image-to-text pipeline. */
function generatedText(answer: unknown): string | undefined {
  const [first] = Array.isArray(answer) ? answer : [];
  const text = (first as { readonly generated_text?: unknown } | undefined)?.generated_text;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}
