import * as tf from "@tensorflow/tfjs-core";
import { registerGradients } from "../gradients/register-gradients.js";
import { currentBackend } from "../registration/current-backend.js";
import { type OrtBackendOptions, ortBackendName, registerOrtBackend } from "../registration/register-ort-backend.js";
import { type DeviceProbe, type GpuProvider, probeDevice } from "./probe-device.js";
import { registerWasmSegmentSum } from "./wasm-segment-sum.js";

/** Names that {@link selectBackend} takes, in the order in which it tries them. */
export const backendNames = ["tensorflow", "ort", "wasm", "cpu"] as const;

/** One of {@link backendNames}. */
export type BackendName = (typeof backendNames)[number];

/** Names of the devices that {@link selectBackend} takes; "auto" is a GPU where there is one. */
export const deviceNames = ["cpu", "webgpu", "cuda", "auto"] as const;

/** Options of {@link selectBackend}. */
export interface BackendSelection {
  /** Backend to take, one of {@link backendNames}; without it the first that works is taken. */
  readonly backend?: string;
  /**
   * Device to compute on, one of {@link deviceNames}; default "cpu". A GPU is that of the backend "ort". Where the GPU asked for does not work, the reason
   * is told and the CPU is taken.
   */
  readonly device?: string;
  /** Threads to compute with, for the backends that let one choose (ort and wasm); the default is the backend's own. */
  readonly threads?: number;
  /** As {@link OrtBackendOptions.keepMemory}, for the backend ort on the CPU. */
  readonly keepMemory?: boolean;
  /** Told in one line which backend was taken and why. */
  readonly log?: (line: string) => void;
}

/** What {@link selectBackend} took. */
export interface SelectedBackend {
  readonly name: BackendName;
  readonly device: "cpu" | GpuProvider;
  /** What is known of the GPU: its name, else its PCI numbers or its driver. */
  readonly adapter?: string;
  /** Why this one: what was asked for, or what kept the ones before it from being taken. */
  readonly reason: string;
}

type Activate = (options: Pick<BackendSelection, "threads" | "keepMemory">) => Promise<string>;

/**
 * Chooses the TensorFlow.js backend to compute with, and registers tfjs-core's gradients, so that training works whichever it is.
 *
 * The order is `tensorflow` (`@tensorflow/tfjs-node-gpu`, then `@tensorflow/tfjs-node`, where they are installed), `ort`, `wasm` (where
 * `@tensorflow/tfjs-backend-wasm` is installed) and `cpu`.
 *
 * @throws Error when `backend` is not one of {@link backendNames}, when the asked-for backend cannot be used (saying why), or when none can
 */
export async function selectBackend({
  backend,
  device = "cpu",
  log,
  ...options
}: BackendSelection = {}): Promise<SelectedBackend> {
  registerGradients();
  const selected = (await onGpu(device, backend, log)) ?? (await onCpu(backend, options));
  const where = selected.adapter === undefined ? selected.device : `${selected.device}, ${selected.adapter}`;
  log?.(`TensorFlow.js backend: ${selected.name} on ${where} (${selected.reason})`);
  return selected;
}

/** The backend on a GPU, if one is asked for and works. */
async function onGpu(
  device: string,
  backend: string | undefined,
  log: BackendSelection["log"],
): Promise<SelectedBackend | undefined> {
  const wanted = deviceNames.find((known) => known === device);
  if (!wanted) throw new Error(`There is no device "${device}". The devices are ${deviceNames.join(", ")}.`);
  if (wanted === "cpu") return undefined;
  if (backend !== undefined && backend !== ortBackendName) {
    throw new Error(`The device "${device}" is of the backend "ort" only, but the backend "${backend}" is asked for.`);
  }
  const refused: string[] = [];
  for (const provider of wanted === "auto" ? (["cuda", "webgpu"] as const) : [wanted]) {
    const probe = await probeDevice(provider).catch((cause) => failedProbe(describe(cause)));
    if (probe.works && (wanted !== "auto" || probe.hardware)) {
      registerOrtBackend({ executionProviders: [provider] });
      await use(ortBackendName);
      return { name: "ort", device: provider, adapter: probe.adapter, reason: currentBackend().runtime.name };
    }
    refused.push(`${provider}: ${probe.works ? "its adapter is software" : probe.reason}`);
  }
  log?.(`No GPU to compute on, so the CPU is taken (${refused.join("; ")}).`);
  return undefined;
}

function failedProbe(reason: string): DeviceProbe {
  return { works: false, reason, adapter: "", hardware: false };
}

async function onCpu(backend: string | undefined, options: Parameters<Activate>[0]): Promise<SelectedBackend> {
  return backend === undefined ? firstThatWorks(options) : named(backend, options);
}

async function named(backend: string, options: Parameters<Activate>[0]): Promise<SelectedBackend> {
  const name = backendNames.find((known) => known === backend);
  if (!name) throw new Error(`There is no backend "${backend}". The backends are ${backendNames.join(", ")}.`);
  try {
    return { name, device: "cpu", reason: `as asked for: ${await activate[name](options)}` };
  } catch (cause) {
    throw new Error(`The backend "${name}" cannot be used: ${describe(cause)}`, { cause });
  }
}

async function firstThatWorks(options: Parameters<Activate>[0]): Promise<SelectedBackend> {
  const refused: string[] = [];
  for (const name of backendNames) {
    try {
      const taken = await activate[name](options);
      return { name, device: "cpu", reason: [taken, ...refused].join("; ") };
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
  async ort({ threads, keepMemory = true }) {
    registerOrtBackend({ keepMemory, ...(threads === undefined ? {} : { threads }) });
    await use(ortBackendName);
    return currentBackend().runtime.name;
  },
  async wasm({ threads }) {
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
