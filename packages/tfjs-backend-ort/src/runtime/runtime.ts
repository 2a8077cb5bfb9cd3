import type * as Ort from "onnxruntime-common";
import { Tensor } from "onnxruntime-common";
import { loadNative, type NativeOnnxRuntime } from "./native-onnx-runtime.js";

/** The part of an ONNX Runtime package, such as `onnxruntime-web`, that the backend uses. */
export type OrtModule = Pick<typeof Ort, "InferenceSession" | "Tensor">;

/** Tensors by the name of the model's input or output. */
export type NamedTensors = Record<string, Ort.Tensor>;

/** A compiled model. `runSync` is there when the runtime can compute while the caller waits. */
export interface Session {
  run(feeds: NamedTensors): Promise<NamedTensors>;
  /** Runs at once. `fetches` names the wanted outputs, with a tensor to write into or `null`. */
  runSync?(feeds: NamedTensors, fetches: Record<string, Ort.Tensor | null>): NamedTensors;
  release(): void;
}

/** What stays on the host although the runtime is on a GPU. */
export interface Placement {
  /** Whether results do. Default false. */
  readonly resultsOnHost?: boolean;
  /** Names of nodes that are computed on the CPU. Default none. */
  readonly cpuNodes?: readonly string[];
}

/** ONNX Runtime as the backend sees it. */
export interface Runtime {
  readonly name: string;
  readonly Tensor: typeof Ort.Tensor;
  /** True where results stay on a GPU; they are then read through a session of their own. */
  readonly onGpu: boolean;
  compile(model: Uint8Array): Promise<Session>;
  /** Compiles at once; absent where the runtime only works asynchronously. */
  compileSync?(model: Uint8Array, placement?: Placement): Session;
}

/**
 * ONNX Runtime behind one interface: the given module, or the native build for this machine when none is given.
 *
 * The native build computes while the caller waits, which is what makes `dataSync` and the CPU kernels possible; a given module is used through its
 * public, asynchronous interface.
 *
 * @throws Error when no module is given and no native build can be loaded
 */
export async function loadRuntime(
  ort: OrtModule | undefined,
  options: Ort.InferenceSession.SessionOptions,
): Promise<Runtime> {
  if (ort) return asynchronousRuntime("onnxruntime (given)", ort, options);
  return synchronousRuntime(await loadNative(needsInstalled(options)), options);
}

/** True where a provider is asked for whose libraries only onnxruntime-node fetches. */
function needsInstalled({ executionProviders = [] }: Ort.InferenceSession.SessionOptions): boolean {
  return executionProviders.some((provider) =>
    /^(cuda|tensorrt)$/.test(typeof provider === "string" ? provider : provider.name),
  );
}

/** The options for one session on a GPU. */
function placed(
  options: Ort.InferenceSession.SessionOptions,
  { resultsOnHost = false, cpuNodes = [] }: Placement,
): Ort.InferenceSession.SessionOptions {
  const providers = options.executionProviders?.map((provider) => {
    const given = typeof provider === "string" ? { name: provider } : provider;
    return given.name === "webgpu" && cpuNodes.length > 0 ? { ...given, forceCpuNodeNames: cpuNodes } : provider;
  });
  return {
    ...options,
    executionProviders: (providers ?? []) as Ort.InferenceSession.ExecutionProviderConfig[],
    ...(resultsOnHost ? {} : { preferredOutputLocation: "gpu-buffer" }),
  };
}

/** True where the provider keeps tensors at the location "gpu-buffer". */
function usesWebGpu({ executionProviders = [] }: Ort.InferenceSession.SessionOptions): boolean {
  return executionProviders.some((provider) => (typeof provider === "string" ? provider : provider.name) === "webgpu");
}

function asynchronousRuntime(
  name: string,
  { InferenceSession, Tensor }: OrtModule,
  options: Ort.InferenceSession.SessionOptions,
): Runtime {
  return {
    name,
    Tensor,
    onGpu: false,
    async compile(model) {
      const session = await InferenceSession.create(model, options);
      return {
        run: async (feeds) => (await session.run(feeds)) as NamedTensors,
        release: () => void session.release(),
      };
    },
  };
}

function synchronousRuntime(
  { name, binding, initialise }: NativeOnnxRuntime,
  options: Ort.InferenceSession.SessionOptions,
): Runtime {
  const onGpu = usesWebGpu(options);
  const compileSync = (model: Uint8Array, placement: Placement = {}): Session => {
    initialise();
    const session = new binding.InferenceSession();
    session.loadModel(model.buffer, model.byteOffset, model.byteLength, onGpu ? placed(options, placement) : options);
    const runSync = (feeds: NamedTensors, fetches: Record<string, Ort.Tensor | null>) =>
      session.run(feeds, fetches, {});
    return {
      runSync,
      run: async () => {
        throw new Error("A synchronous session is run with runSync.");
      },
      release: () => session.dispose(),
    };
  };
  return { name, Tensor, onGpu, compileSync, compile: async (model) => compileSync(model) };
}
