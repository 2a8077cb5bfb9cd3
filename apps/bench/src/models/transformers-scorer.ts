import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type { ImageRef, Scorer } from "@tesserae/benchmarks";
import { cropImage, type RgbImage } from "@tesserae/models";
import { BenchError } from "../bench-error.js";
import { type TransformersLibrary, transformersLibrary } from "./transformers-library.js";
import { type PixelSettings, resizeForProcessor } from "./transformers-pixels.js";

/** What `--model` begins with where a model is to be run by `@huggingface/transformers`. */
export const transformersPrefix = "transformers:";

export interface TransformersOptions {
  /** Gives a whole image. */
  loadImage(image: ImageRef): Promise<RgbImage>;
  /** Images or texts in one run. Default 16. */
  readonly batchSize?: number | undefined;
  readonly threads?: number | undefined;
}

/** A scorer that holds sessions of ONNX Runtime. */
export interface TransformersScorer extends Scorer {
  dispose(): Promise<void>;
}

/** Both towers, or the one model that holds both, as files below the model's folder. */
const layouts = [
  { folder: "onnx", files: ["vision_model.onnx", "text_model.onnx"] },
  { folder: "onnx", files: ["model.onnx"] },
  { folder: "", files: ["vision_model.onnx", "text_model.onnx"] },
  { folder: "", files: ["model.onnx"] },
] as const;
type Layout = (typeof layouts)[number];

/** Whether a folder holds a model in ONNX's form and no weights that we read ourselves. */
export function isOnnxFolder(path: string): boolean {
  const weights = [
    "model.safetensors",
    "model.safetensors.index.json",
    "pytorch_model.bin",
    "open_clip_model.safetensors",
  ];
  return onnxLayout(path) !== undefined && !weights.some((name) => existsSync(join(path, name)));
}

function onnxLayout(path: string): Layout | undefined {
  return layouts.find(({ folder, files }) => files.every((name) => existsSync(join(path, folder, name))));
}

/**
 * A model of CLIP's family, run by `@huggingface/transformers`: a folder with `config.json`, `preprocessor_config.json`, a tokenizer and
 * `onnx/vision_model.onnx` with `onnx/text_model.onnx` (or one `onnx/model.onnx`), as `exportOnnx` and Python's exporters write it, or
 * such a model's name on the hub (HF_ENDPOINT, HF_HOME and HF_TOKEN are respected).
 *
 * @throws BenchError when the package is not installed, the files are not there, or the model gives no embeddings
 */
export async function openTransformers(reference: string, options: TransformersOptions): Promise<TransformersScorer> {
  const library = await transformersLibrary();
  const isFolder = existsSync(reference);
  const source = isFolder ? resolve(reference) : reference;
  if (isFolder && !onnxLayout(source)) {
    throw new BenchError(
      `--model ${reference}: holds no onnx/vision_model.onnx with onnx/text_model.onnx, nor onnx/model.onnx`,
    );
  }
  setHub(library);
  const files = isFolder ? source : join(library.env.cacheDir!, ...source.split("/"));
  try {
    const [processor, tokenizer] = await Promise.all([
      library.AutoImageProcessor.from_pretrained(source, {}),
      library.AutoTokenizer.from_pretrained(source),
    ]);
    const towers = isFolder
      ? await openTowers(library, source, onnxLayout(source)!, options)
      : await firstTowers(library, source, options);
    return createScorer(library, { processor, tokenizer, towers }, options, {
      name: basename(reference),
      revision: `sha256 ${await checksumOf(files)}, ONNX`,
    });
  } catch (error) {
    if (error instanceof BenchError) throw error;
    const [reason] = (error as Error).message.split("\n");
    throw new BenchError(`--model ${reference}: @huggingface/transformers cannot open it: ${reason}`, { cause: error });
  }
}

function setHub({ env }: TransformersLibrary): void {
  const { HF_ENDPOINT: endpoint, HF_HOME: home = join(homedir(), ".cache", "huggingface") } = process.env;
  if (endpoint) env.remoteHost = `${endpoint.replace(/\/$/, "")}/`;
  env.cacheDir = join(home, "transformers.js");
}

/** What both embed functions ask: named tensors to named tensors. */
type Session = (inputs: Record<string, unknown>) => Promise<Record<string, { data: Float32Array; dims: number[] }>>;

interface Towers {
  readonly image: Session;
  readonly text: Session;
  readonly contextLength: number;
  /** Side of the images, which a model in one file is given beside texts. */
  readonly imageSize: number;
  readonly isOne: boolean;
  dispose(): Promise<void>;
}

interface StoredConfig {
  readonly text_config?: { readonly max_position_embeddings?: number };
  readonly vision_config?: { readonly image_size?: number };
  readonly max_position_embeddings?: number;
}

async function openTowers(
  library: TransformersLibrary,
  source: string,
  { folder, files }: Layout,
  { threads }: TransformersOptions,
): Promise<Towers> {
  const settings = {
    dtype: "fp32",
    device: "cpu",
    subfolder: folder,
    ...(threads !== undefined && { session_options: { intraOpNumThreads: threads } }),
  } as const;
  const opened =
    files.length === 1
      ? [await library.CLIPModel.from_pretrained(source, settings)]
      : [
          await library.CLIPVisionModelWithProjection.from_pretrained(source, settings),
          await library.CLIPTextModelWithProjection.from_pretrained(source, settings),
        ];
  const [image, text = image] = opened;
  const { text_config: words, vision_config: vision, max_position_embeddings: own } = image!.config as StoredConfig;
  return {
    image: image as unknown as Session,
    text: text as unknown as Session,
    contextLength: words?.max_position_embeddings ?? own ?? 77,
    imageSize: vision?.image_size ?? 224,
    isOne: opened.length === 1,
    dispose: async () => void (await Promise.all(opened.map((model) => model.dispose()))),
  };
}

/** The first layout that the hub has. @throws what the library said of the first where it has none */
async function firstTowers(library: TransformersLibrary, id: string, options: TransformersOptions): Promise<Towers> {
  let first: unknown;
  for (const layout of layouts) {
    try {
      return await openTowers(library, id, layout, options);
    } catch (error) {
      if (!/locate file|not found|404/i.test((error as Error).message)) throw error;
      first ??= error;
    }
  }
  throw first;
}

interface Parts {
  readonly processor: unknown;
  readonly tokenizer: unknown;
  readonly towers: Towers;
}

function createScorer(
  { RawImage, Tensor }: TransformersLibrary,
  { processor, tokenizer, towers }: Parts,
  { loadImage, batchSize = 16 }: TransformersOptions,
  identity: Pick<Scorer, "name" | "revision">,
): TransformersScorer {
  const toPixels = processor as ((images: unknown[]) => Promise<{ pixel_values: unknown }>) & {
    readonly config: PixelSettings;
  };
  const tokenise = (texts: string[]) => encodeAll(tokenizer as Tokeniser, texts, towers.contextLength);
  // A model in one file is asked about both: about a text and black pixels, or an image and an empty text.
  const side = towers.imageSize;
  const black = towers.isOne && new Tensor("float32", new Float32Array(3 * side * side), [1, 3, side, side]);
  return {
    ...identity,
    embedImages: (images) =>
      inBatches(images, batchSize, async (batch) => {
        const loaded = await Promise.all(batch.map((image) => loadCrop(image, loadImage)));
        const raw = loaded.map((image) => {
          const { data, width, height } = resizeForProcessor(image, toPixels.config);
          return new RawImage(Uint8ClampedArray.from(data), width, height, 3);
        });
        const { pixel_values } = await toPixels(raw);
        const output = await towers.image({ pixel_values, ...(towers.isOne && tokenise([""])) });
        return rowsOf(output, ["image_embeds", "pooler_output"], batch.length, "images");
      }),
    embedTexts: (captions) =>
      inBatches(captions, batchSize, async (batch) => {
        const output = await towers.text({ ...tokenise([...batch]), ...(black && { pixel_values: black }) });
        return rowsOf(output, ["text_embeds", "pooler_output"], batch.length, "texts");
      }),
    dispose: () => towers.dispose(),
  };
}

type Tokeniser = ((texts: string[], options: object) => { readonly input_ids: { readonly data: BigInt64Array } }) & {
  encode(text: string): readonly number[];
};

/** Texts as numbers of one length. One that is cut keeps its end token, as in Python; the library drops it. */
function encodeAll(tokenizer: Tokeniser, texts: string[], length: number) {
  const inputs = tokenizer(texts, { padding: "max_length", truncation: true, max_length: length });
  texts.forEach((text, row) => {
    const whole = tokenizer.encode(text);
    if (whole.length > length) inputs.input_ids.data[(row + 1) * length - 1] = BigInt(whole.at(-1)!);
  });
  return inputs;
}

async function loadCrop(image: ImageRef, load: TransformersOptions["loadImage"]): Promise<RgbImage> {
  const whole = await load(image);
  return image.box === undefined ? whole : cropImage(whole, image.box);
}

async function inBatches<T>(
  inputs: readonly T[],
  size: number,
  embed: (batch: readonly T[]) => Promise<readonly Float32Array[]>,
): Promise<readonly Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let start = 0; start < inputs.length; start += size) {
    vectors.push(...(await embed(inputs.slice(start, start + size))));
  }
  return vectors;
}

function rowsOf(
  output: Awaited<ReturnType<Session>>,
  names: readonly string[],
  count: number,
  what: string,
): readonly Float32Array[] {
  const found = names.map((name) => output[name]).find((tensor) => tensor?.dims.length === 2);
  if (found?.dims[0] !== count) {
    const given = Object.entries(output).map(([name, { dims }]) => `${name} [${dims.join(", ")}]`);
    throw new BenchError(
      `the ONNX model gives ${given.join(", ") || "nothing"} for ${count} ${what}; expected ${names.join(" or ")} with a row each`,
    );
  }
  const width = found.dims[1]!;
  return Array.from({ length: count }, (_, row) =>
    Float32Array.from(found.data.subarray(row * width, (row + 1) * width)),
  );
}

/** Of the ONNX files that are there, those of the first layout. */
async function checksumOf(folder: string): Promise<string> {
  const layout = onnxLayout(folder);
  const hash = createHash("sha256");
  for (const name of layout?.files ?? []) {
    await pipeline(createReadStream(join(folder, layout!.folder, name)), hash, { end: false });
  }
  return hash.digest("hex").slice(0, 12);
}
