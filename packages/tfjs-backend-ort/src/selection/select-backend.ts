import * as tf from "@tensorflow/tfjs-core";
import { registerGradients } from "../gradients/register-gradients.js";
import { currentBackend } from "../registration/current-backend.js";
import { ortBackendName, registerOrtBackend } from "../registration/register-ort-backend.js";
import { registerWasmSegmentSum } from "./wasm-segment-sum.js";

/** Names that {@link selectBackend} takes, in the order in which it tries them. */
export const backendNames = ["tensorflow", "ort", "wasm", "cpu"] as const;

/** One of {@link backendNames}. */
export type BackendName = (typeof backendNames)[number];

/** Options of {@link selectBackend}. */
export interface BackendSelection {
  /** Backend to take, one of {@link backendNames}; without it the first that works is taken. */
  readonly backend?: string;
  /** Threads to compute with, for the backends that let one choose (ort and wasm); the default is the backend's own. */
  readonly threads?: number;
  /** Told in one line which backend was taken and why. */
  readonly log?: (line: string) => void;
}

/** What {@link selectBackend} took. */
export interface SelectedBackend {
  readonly name: BackendName;
  /** Why this one: what was asked for, or what kept the ones before it from being taken. */
  readonly reason: string;
}

type Activate = (threads: number | undefined) => Promise<string>;

/**
 * Chooses the TensorFlow.js backend to compute with, and registers tfjs-core's gradients, so that training works whichever it is.
 *
 * The order is `tensorflow` (`@tensorflow/tfjs-node-gpu`, then `@tensorflow/tfjs-node`, where they are installed), `ort`, `wasm` (where
 * `@tensorflow/tfjs-backend-wasm` is installed) and `cpu`.
 *
 * @throws Error when `backend` is not one of {@link backendNames}, when the asked-for backend cannot be used (saying why), or when none can
 */
export async function selectBackend({ backend, threads, log }: BackendSelection = {}): Promise<SelectedBackend> {
  registerGradients();
  const selected = backend === undefined ? await firstThatWorks(threads) : await named(backend, threads);
  log?.(`TensorFlow.js backend: ${selected.name} (${selected.reason})`);
  return selected;
}

async function named(backend: string, threads: number | undefined): Promise<SelectedBackend> {
  const name = backendNames.find((known) => known === backend);
  if (!name) throw new Error(`There is no backend "${backend}". The backends are ${backendNames.join(", ")}.`);
  try {
    return { name, reason: `as asked for: ${await activate[name](threads)}` };
  } catch (cause) {
    throw new Error(`The backend "${name}" cannot be used: ${describe(cause)}`, { cause });
  }
}

async function firstThatWorks(threads: number | undefined): Promise<SelectedBackend> {
  const refused: string[] = [];
  for (const name of backendNames) {
    try {
      const taken = await activate[name](threads);
      return { name, reason: [taken, ...refused].join("; ") };
    } catch (cause) {
      refused.push(`not ${name}: ${describe(cause)}`);
    }
  }
  throw new Error(`No TensorFlow.js backend can be used: ${refused.join("; ")}`);
}

const activate: Readonly<Record<BackendName, Activate>> = {
  async tensorflow() {
    const refused: string[] = [];
    for (const name of ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"]) {
      try {
        await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
        await use("tensorflow");
        return name;
      } catch (cause) {
        refused.push(isMissing(cause, name) ? `${name} is not installed` : `${name} failed (${describe(cause)})`);
      }
    }
    throw new Error(refused.join(", "));
  },
  async ort(threads) {
    registerOrtBackend(threads === undefined ? {} : { threads });
    await use(ortBackendName);
    return currentBackend().runtime.name;
  },
  async wasm(threads) {
    const name = "@tensorflow/tfjs-backend-wasm";
    // Both by names that bundlers do not follow: a page has neither.
    const nodeModule = "node:module";
    const imported = import(/* @vite-ignore */ /* webpackIgnore: true */ name);
    const wasm = (await imported.catch((cause) => {
      throw isMissing(cause, name) ? new Error(`${name} is not installed`) : cause;
    })) as typeof import("@tensorflow/tfjs-backend-wasm");
    const { createRequire } = (await import(
      /* @vite-ignore */ /* webpackIgnore: true */ nodeModule
    )) as typeof import("node:module");
    const entry = createRequire(import.meta.url).resolve(name);
    wasm.setWasmPaths(entry.replace(/[^/\\]+$/, ""));
    if (threads !== undefined) wasm.setThreadsCount(threads);
    await use("wasm");
    registerWasmSegmentSum();
    return "WebAssembly";
  },
  async cpu() {
    await import("@tensorflow/tfjs-backend-cpu");
    await use("cpu");
    return "plain JavaScript, slow";
  },
};

async function use(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error("it failed to initialise");
}

/** Node and the bundlers each say in their own way that a package is not there. */
function isMissing(cause: unknown, name: string): boolean {
  return (
    /cannot find|could not resolve|failed to (resolve|load)/i.test(describe(cause)) && describe(cause).includes(name)
  );
}

function describe(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split("\n")[0] as string;
}
