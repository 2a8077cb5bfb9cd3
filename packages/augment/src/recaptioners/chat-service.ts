import { setTimeout as sleep } from "node:timers/promises";
import pRetry from "p-retry";

/** How a service is reached, and how often; see `HttpRecaptionerOptions`. */
export interface ChatServiceOptions {
  readonly baseUrl: string;
  readonly keyVariable: string;
  readonly timeout: number;
  readonly retries: number;
  readonly backOff: number;
}

/** What a service wrote, and the tokens that it took. */
export interface Answer {
  readonly caption: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** A service that speaks OpenAI's chat completions. */
export interface ChatService {
  /**
   * Asks, again where a failure may pass. What fails for this request alone is its problem.
   *
   * @throws Error where the service refuses the key (401, 403), and the signal's reason when it is aborted
   */
  ask(body: string, signal?: AbortSignal): Promise<Answer | { readonly problem: string }>;
}

export function createChatService(options: ChatServiceOptions): ChatService {
  const { baseUrl, keyVariable, timeout, retries, backOff } = options;
  const key = process.env[keyVariable];
  const address = `${baseUrl.replace(/\/+$/, "")}/chat/completions`;
  /** Whatever a service answers, the key is not repeated in a message. */
  const shown = (text: string) => {
    const short = text.replace(/\s+/g, " ").slice(0, 200);
    return key ? short.replaceAll(key, "[key]") : short;
  };
  const send = async (body: string, signal: AbortSignal | undefined): Promise<string> => {
    const { response, text } = await post({ address, key, body, timeout, signal, shown });
    if (response.ok) return text;
    const problem = `HTTP ${response.status}: ${shown(text)}`;
    if (response.status === 401 || response.status === 403) {
      const state = key ? `the key in ${keyVariable} was sent` : `${keyVariable} is not set`;
      throw new RefusedKey(`${address}: ${problem} (${state}); set the environment variable to a key that is accepted`);
    }
    const mayPass = response.status === 408 || response.status === 429 || response.status >= 500;
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    throw new RequestFailure(problem, mayPass, Number.isFinite(seconds) ? 1000 * seconds : 0);
  };
  return {
    ask: async (body, signal) => {
      let attempts = 0;
      try {
        const text = await pRetry(() => send(body, signal), {
          retries,
          minTimeout: backOff,
          factor: 2,
          ...(signal ? { signal } : {}),
          shouldRetry: ({ error }) => error instanceof RequestFailure && error.mayPass,
          onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
            attempts = attemptNumber;
            const wait = error instanceof RequestFailure && error.mayPass && retriesLeft > 0 ? error.wait : 0;
            if (wait > 0) await sleep(wait, undefined, signal ? { signal } : {});
          },
        });
        return readAnswer(text) ?? { problem: `the answer holds no caption: ${shown(text)}` };
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof RequestFailure)) throw error;
        return { problem: `${error.message}${attempts > 1 ? ` (after ${attempts} attempts)` : ""}` };
      }
    },
  };
}

/** Why an attempt failed, whether a further one may succeed, and how many milliseconds the service asks to wait before it. */
class RequestFailure extends Error {
  constructor(
    message: string,
    readonly mayPass: boolean,
    readonly wait = 0,
  ) {
    super(message);
  }
}

class RefusedKey extends Error {}

interface Post {
  readonly address: string;
  readonly key: string | undefined;
  readonly body: string;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly shown: (text: string) => string;
}

/** One attempt. @throws RequestFailure where no answer comes; the signal's reason */
async function post({
  address,
  key,
  body,
  timeout,
  signal,
  shown,
}: Post): Promise<{ response: Response; text: string }> {
  const limit = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json", ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    return { response, text: await response.text() };
  } catch (error) {
    signal?.throwIfAborted();
    const { message, cause } = error as Error & { readonly cause?: { readonly message?: string } };
    const reason = limit.aborted ? `no answer within ${timeout} ms` : shown(cause?.message ?? message);
    throw new RequestFailure(reason, true);
  }
}

/** The caption of a chat completion and the tokens that it took. */
function readAnswer(text: string): Answer | undefined {
  try {
    const { choices, usage } = JSON.parse(text) as {
      choices?: { message?: { content?: unknown } }[];
      usage?: { prompt_tokens?: number; completion_tokens?: number };
    };
    const caption = choices?.[0]?.message?.content;
    if (typeof caption !== "string" || caption.trim() === "") return undefined;
    const [inputTokens, outputTokens] = [usage?.prompt_tokens ?? 0, usage?.completion_tokens ?? 0];
    return { caption: caption.trim().replace(/\s+/g, " "), inputTokens, outputTokens };
  } catch {
    return undefined;
  }
}
