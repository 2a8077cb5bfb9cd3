import type * as Ort from "onnxruntime-common";

/** The part of an ONNX Runtime package (`onnxruntime-node`, `onnxruntime-web`) that the backend uses. */
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

/** ONNX Runtime as the backend sees it. */
export interface Runtime {
  readonly name: string;
  readonly Tensor: typeof Ort.Tensor;
  compile(model: Uint8Array): Promise<Session>;
  /** Compiles at once; absent where the runtime only works asynchronously. */
  compileSync?(model: Uint8Array): Session;
}

/** The native session of `onnxruntime-node`, whose type declarations call it "a simple synchronized inference session". */
interface NativeSession {
  loadModel(
    buffer: ArrayBufferLike,
    offset: number,
    length: number,
    options: Ort.InferenceSession.SessionOptions,
  ): void;
  run(feeds: NamedTensors, fetches: Record<string, Ort.Tensor | null>, options: object): NamedTensors;
  dispose(): void;
}

interface NativeBinding {
  readonly binding: { readonly InferenceSession: new () => NativeSession };
  readonly initOrt: () => void;
}

/**
 * ONNX Runtime behind one interface: the given module, or `onnxruntime-node` when none is given.
 *
 * `onnxruntime-node` computes synchronously underneath, and its public `run` only defers that by a turn of the event loop. Where its binding has
 * the expected form it is called directly, which is what makes `dataSync` and the CPU kernels possible; any other module is used through its public,
 * asynchronous interface.
 *
 * @throws Error when no module is given and `onnxruntime-node` cannot be loaded.
 */
export async function loadRuntime(
  ort: OrtModule | undefined,
  options: Ort.InferenceSession.SessionOptions,
): Promise<Runtime> {
  if (ort) return asynchronousRuntime("onnxruntime (given)", ort, options);
  let node: OrtModule;
  try {
    // By a name that bundlers do not follow: in a page, another build is passed.
    const name = "onnxruntime-node";
    node = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as OrtModule;
  } catch (cause) {
    throw new Error(
      "The ort backend could not load onnxruntime-node. Install it, or pass another build: registerOrtBackend({ ort: await import('onnxruntime-web') }).",
      { cause },
    );
  }
  const native = await loadBinding();
  return native ? synchronousRuntime(node, native, options) : asynchronousRuntime("onnxruntime-node", node, options);
}

function asynchronousRuntime(
  name: string,
  { InferenceSession, Tensor }: OrtModule,
  options: Ort.InferenceSession.SessionOptions,
): Runtime {
  return {
    name,
    Tensor,
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
  { Tensor }: OrtModule,
  { binding, initOrt }: NativeBinding,
  options: Ort.InferenceSession.SessionOptions,
): Runtime {
  const compileSync = (model: Uint8Array): Session => {
    initOrt();
    const session = new binding.InferenceSession();
    session.loadModel(model.buffer, model.byteOffset, model.byteLength, options);
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
  return { name: "onnxruntime-node", Tensor, compileSync, compile: async (model) => compileSync(model) };
}

async function loadBinding(): Promise<NativeBinding | undefined> {
  try {
    const path = "onnxruntime-node/dist/binding.js";
    const loaded = (await import(/* @vite-ignore */ /* webpackIgnore: true */ path)) as Partial<NativeBinding> & {
      default?: Partial<NativeBinding>;
    };
    const { binding, initOrt } = loaded.default ?? loaded;
    const methods = binding?.InferenceSession?.prototype as Partial<NativeSession> | undefined;
    const expected =
      typeof initOrt === "function" &&
      typeof methods?.loadModel === "function" &&
      typeof methods.run === "function" &&
      typeof methods.dispose === "function";
    return expected && binding ? { binding, initOrt } : undefined;
  } catch {
    return undefined;
  }
}
