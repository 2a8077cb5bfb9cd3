import type * as Ort from "onnxruntime-common";
import { Tensor } from "onnxruntime-common";

/** A session of ONNX Runtime's binding for Node, which computes while the caller waits. */
interface NativeSession {
  loadModel(
    buffer: ArrayBufferLike,
    offset: number,
    length: number,
    options: Ort.InferenceSession.SessionOptions,
  ): void;
  run(
    feeds: Record<string, Ort.Tensor>,
    fetches: Record<string, Ort.Tensor | null>,
    options: object,
  ): Record<string, Ort.Tensor>;
  dispose(): void;
}

/** What the binding for Node exports. */
interface NativeBinding {
  readonly InferenceSession: new () => NativeSession;
  initOrtOnce(logLevel: number, tensor: typeof Tensor, mainThread: boolean): void;
}

/** ONNX Runtime as a library of the machine. */
export interface NativeOnnxRuntime {
  /** Its version and where it is from. */
  readonly name: string;
  /** File of the binding. */
  readonly path: string;
  readonly binding: NativeBinding;
  /** To be called before the first session is made. */
  initialise(): void;
}

/** The packages that hold ONNX Runtime for one platform each. They have no install script; npm installs the one that fits the machine. */
const platformPackages: Readonly<Record<string, string>> = {
  "darwin-arm64": "@tesserae/onnxruntime-darwin-arm64",
  "linux-arm64": "@tesserae/onnxruntime-linux-arm64",
  "linux-x64": "@tesserae/onnxruntime-linux-x64",
  "win32-arm64": "@tesserae/onnxruntime-win32-arm64",
  "win32-x64": "@tesserae/onnxruntime-win32-x64",
};

/** ONNX Runtime's number for logging errors only. */
const logErrors = 3;

/**
 * Loads ONNX Runtime for this machine: from the package of its platform, else from `onnxruntime-node` where the user has installed that.
 *
 * @param installedFirst try `onnxruntime-node` first, whose install script fetches the libraries of CUDA
 * @throws Error saying what was tried and what to install
 */
export async function loadNative(installedFirst: boolean): Promise<NativeOnnxRuntime> {
  if (typeof process === "undefined" || !process.versions?.node) {
    throw new Error(
      "The ort backend has no ONNX Runtime here. Pass a build: registerOrtBackend({ ort: await import('onnxruntime-web') }).",
    );
  }
  const platform = `${process.platform}-${process.arch}`;
  const own = platformPackages[platform];
  const sources = [
    ...(own ? [{ name: own, binding: own, version: `${own}/dist/UPSTREAM.json` }] : []),
    {
      name: "onnxruntime-node",
      binding: `onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/onnxruntime_binding.node`,
      version: "onnxruntime-node/package.json",
    },
  ];
  if (installedFirst) sources.reverse();
  // By names that bundlers do not follow: a page has none of them.
  const [nodeModule, threads] = ["node:module", "node:worker_threads"];
  const { createRequire } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ nodeModule
  )) as typeof import("node:module");
  const { isMainThread } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ threads
  )) as typeof import("node:worker_threads");
  const require = createRequire(import.meta.url);
  const refused: string[] = [];
  for (const source of sources) {
    try {
      const path = require.resolve(source.binding);
      const binding = checked(require(path));
      const { version } = require(source.version) as { version: string };
      let initialised = false;
      return {
        name: `ONNX Runtime ${version} (${platform}, ${source.name})`,
        path,
        binding,
        initialise: () => {
          if (!initialised) binding.initOrtOnce(logErrors, Tensor, isMainThread);
          initialised = true;
        },
      };
    } catch (cause) {
      refused.push(`${source.name}: ${describe(cause)}`);
    }
  }
  const advice = own
    ? `Install ${own} (npm leaves it out with --omit=optional), or onnxruntime-node`
    : `There is no build for ${platform}; install onnxruntime-node, if it has one`;
  throw new Error(
    `The ort backend could not load ONNX Runtime. ${advice}, or pass another build: registerOrtBackend({ ort: await import('onnxruntime-web') }). ` +
      `Tried ${refused.join("; ")}.`,
  );
}

function checked(loaded: unknown): NativeBinding {
  const { InferenceSession, initOrtOnce } = loaded as Partial<NativeBinding>;
  const methods = InferenceSession?.prototype as Partial<NativeSession> | undefined;
  const expected =
    typeof initOrtOnce === "function" &&
    typeof methods?.loadModel === "function" &&
    typeof methods.run === "function" &&
    typeof methods.dispose === "function";
  if (!expected) throw new Error("its binding is not as expected");
  return loaded as NativeBinding;
}

function describe(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [first = ""] = message.split("\n");
  return /cannot find/i.test(first) ? "not installed" : first;
}
