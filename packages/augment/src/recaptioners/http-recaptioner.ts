import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import pLimit from "p-limit";
import { createChatService } from "./chat-service.js";
import { createRecaptionCache, keyOf } from "./recaption-cache.js";
import type { Recaption, Recaptioner, RecaptionRequest } from "./recaptioner.js";

export interface HttpRecaptionerOptions {
  /** Base address of an OpenAI-compatible service, up to its version: "https://api.openai.com/v1", "http://localhost:8000/v1". */
  readonly baseUrl: string;
  readonly model: string;
  /** Environment variable that holds the key. Default "OPENAI_API_KEY". Where it is not set no key is sent, as local services like it. */
  readonly keyVariable?: string;
  /** What to ask for each image; the default asks for one true, dense caption that uses the alt text and title where they fit. */
  readonly prompt?: (request: RecaptionRequest) => string;
  /** Most tokens of a caption. Default 200. */
  readonly maxTokens?: number;
  /** Milliseconds after which a request is given up and tried again. Default 60,000. */
  readonly timeout?: number;
  /** Further attempts after one that failed in a way that may pass (time-out, no connection, 408, 429, 5xx). Default 4. */
  readonly retries?: number;
  /** Milliseconds before the first further attempt; doubled before each next one, unless the service says how long (Retry-After). Default 1,000. */
  readonly backOff?: number;
  /** Requests under way at once. Default 4. */
  readonly concurrency?: number;
  /** Folder of answers by content: the same image, texts, model and prompt are asked for once, also after a kill. Default: none. */
  readonly cacheFolder?: string;
  /** US dollars for a million tokens, to count the cost. Default: free. */
  readonly price?: { readonly input: number; readonly output: number };
}

/** What was asked of a service so far. */
export interface RecaptionUsage {
  /** Captions that the service wrote. */
  readonly answered: number;
  /** Captions that the cache had. */
  readonly cached: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars, by `price`; answers from the cache cost nothing. */
  readonly cost: number;
}

export interface HttpRecaptioner extends Recaptioner {
  usage(): RecaptionUsage;
}

/**
 * Asks for one dense caption of about 57 words, the mean length of Semantic Guidance's recaptions (Stone et al., 2024), with the alternative text and the
 * page's title at hand. The paper's prompt is not published.
 */
function defaultPrompt({ altText, title }: RecaptionRequest): string {
  const known = [altText && `Alternative text: ${altText}`, title && `Title of the page: ${title}`].filter(Boolean);
  return [
    "Write one caption of this image of about 57 words, in three or four plain sentences: the main things first, then their colours, materials, number and state, what they do, where each is in relation to the others, the setting, and any text that can be read. Say only what can be seen, and nothing about the picture itself.",
    ...(known.length > 0
      ? [
          "These texts came with it. Use names and facts of them that fit the image, and nothing else of them.",
          ...known,
        ]
      : []),
  ].join("\n");
}

/**
 * Recaptions through any service that speaks OpenAI's chat completions with images. A path is sent as its bytes, an
 * `http:`, `https:` or `data:` address as it is. What fails for one image is that image's `problem`.
 *
 * @throws RangeError for an address or a number that cannot be; Error from `recaption` where the service refuses the key
 *   (401, 403), and the signal's reason when it is aborted
 */
export function httpRecaptioner(options: HttpRecaptionerOptions): HttpRecaptioner {
  const { baseUrl, model, keyVariable = "OPENAI_API_KEY", prompt = defaultPrompt, maxTokens = 200 } = options;
  const { timeout = 60_000, retries = 4, backOff = 1000, concurrency = 4, price = { input: 0, output: 0 } } = options;
  check(baseUrl, { maxTokens, timeout, retries, backOff, concurrency });
  const service = createChatService({ baseUrl, keyVariable, timeout, retries, backOff });
  const cache = createRecaptionCache(options.cacheFolder);
  const counts = { answered: 0, cached: 0, inputTokens: 0, outputTokens: 0 };

  const answer = async (image: string, body: string, key: string, signal?: AbortSignal): Promise<Recaption> => {
    const known = await cache.get(key);
    if (known !== undefined) {
      counts.cached++;
      return { caption: known };
    }
    const answered = await service.ask(body, signal);
    if ("problem" in answered) return { problem: `${image}: ${answered.problem}` };
    const { caption, inputTokens, outputTokens } = answered;
    counts.answered++;
    counts.inputTokens += inputTokens;
    counts.outputTokens += outputTokens;
    await cache.set(key, caption);
    return { caption };
  };
  /** With a cache, what is asked for twice at the same time is asked of the service once. */
  const recaption = async (request: RecaptionRequest, underWay: Requests, signal?: AbortSignal): Promise<Recaption> => {
    const body = await bodyOf(request, { model, maxTokens, prompt });
    if (typeof body !== "string") return body;
    const key = keyOf(body);
    const same = options.cacheFolder === undefined ? undefined : underWay.get(key);
    if (same === undefined) {
      const asked = answer(request.image, body, key, signal);
      underWay.set(key, asked);
      return asked;
    }
    const shared = await same;
    if ("caption" in shared) counts.cached++;
    return shared;
  };

  return {
    name: `http:${model}`,
    version: "2",
    recaption: async (requests, { signal } = {}) => {
      const underWay: Requests = new Map();
      const limit = pLimit(concurrency);
      const asked = requests.map((request) =>
        limit(() => {
          signal?.throwIfAborted();
          return recaption(request, underWay, signal);
        }),
      );
      return Promise.all(asked).finally(() => limit.clearQueue());
    },
    usage: () => ({
      ...counts,
      cost: (counts.inputTokens * price.input + counts.outputTokens * price.output) / 1e6,
    }),
  };
}

/** Answers by the key of what was asked, those that are still to come among them. */
type Requests = Map<string, Promise<Recaption>>;

/** What is sent for an image, or why it can't be. */
async function bodyOf(
  request: RecaptionRequest,
  { model, maxTokens, prompt }: Required<Pick<HttpRecaptionerOptions, "model" | "maxTokens" | "prompt">>,
): Promise<string | { readonly problem: string }> {
  let url: string;
  try {
    url = await imageUrl(request.image);
  } catch (error) {
    return { problem: `${request.image}: cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
  const content = [
    { type: "text", text: prompt(request) },
    { type: "image_url", image_url: { url } },
  ];
  return JSON.stringify({ model, temperature: 0, max_tokens: maxTokens, messages: [{ role: "user", content }] });
}

async function imageUrl(image: string): Promise<string> {
  if (/^(https?|data):/.test(image)) return image;
  const type = { ".png": "image/png", ".webp": "image/webp", ".gif": "image/gif" }[extname(image).toLowerCase()];
  return `data:${type ?? "image/jpeg"};base64,${(await readFile(image)).toString("base64")}`;
}

/** The least value of each option that is a whole number. */
const least = { maxTokens: 1, timeout: 1, retries: 0, backOff: 0, concurrency: 1 } as const;

function check(baseUrl: string, numbers: Readonly<Record<keyof typeof least, number>>): void {
  if (!/^https?:\/\/./.test(baseUrl)) {
    throw new RangeError(
      `httpRecaptioner: baseUrl is "${baseUrl}"; give an address that starts with http:// or https://`,
    );
  }
  for (const [name, value] of Object.entries(numbers) as [keyof typeof least, number][]) {
    if (!Number.isInteger(value) || value < least[name]) {
      throw new RangeError(`httpRecaptioner: ${name} is ${value}; give a whole number of at least ${least[name]}`);
    }
  }
}
