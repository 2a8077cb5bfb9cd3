import { encodeModel } from "../onnx/encode-model.js";
import { loadNative } from "../runtime/native-onnx-runtime.js";

/** Execution providers of ONNX Runtime that compute on a GPU. */
export type GpuProvider = "webgpu" | "cuda";

/** What came of trying a provider. */
export interface DeviceProbe {
  readonly works: boolean;
  /** Why it does not work, in one line. */
  readonly reason: string;
  /** What is known of the adapter: its name where the system tells it, else its PCI numbers or the Vulkan driver that was named. */
  readonly adapter: string;
  /** Whether ONNX Runtime has found a GPU on the machine; else an adapter that works is software. */
  readonly hardware: boolean;
}

const timeoutMs = 60_000;

/** Run by a process of its own: a session of one addition on the provider; the log, which names the devices, goes to standard error. */
const script = `
const [path, common, provider, model] = process.argv.slice(1);
const { Tensor } = require(common);
const binding = require(path);
binding.initOrtOnce(0, Tensor, true);
const session = new binding.InferenceSession();
const bytes = Buffer.from(model, "base64");
session.loadModel(bytes.buffer, bytes.byteOffset, bytes.byteLength, { executionProviders: [provider], logSeverityLevel: 3 });
const { y } = session.run({ x: new Tensor("float32", new Float32Array([20.5]), [1]) }, { y: null }, {});
process.stdout.write(String(y.data[0]));
`;

/**
 * Tries whether ONNX Runtime computes on a provider here. It is tried in a process of its own, because a driver that fails may end the process.
 *
 * @throws Error when there is no native ONNX Runtime
 */
export async function probeDevice(provider: GpuProvider): Promise<DeviceProbe> {
  const { path } = await loadNative(provider === "cuda");
  const [childProcess, nodeModule] = ["node:child_process", "node:module"];
  const { execFile } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ childProcess
  )) as typeof import("node:child_process");
  const { createRequire } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ nodeModule
  )) as typeof import("node:module");
  const common = createRequire(import.meta.url).resolve("onnxruntime-common");
  const args = ["-e", script, path, common, provider, additionModel()];
  const { error, output, log } = await new Promise<{ error: Error | null; output: string; log: string }>((resolve) => {
    const options = { timeout: timeoutMs, maxBuffer: 1 << 26, windowsHide: true };
    execFile(process.execPath, args, options, (error, output, log) => resolve({ error, output, log }));
  });
  const works = output === "41";
  const gpus = [...log.matchAll(/OrtHardwareDevice \{vendor_id:(\w+), device_id:(\w+), vendor:([^,]*), type:1\b/g)];
  return {
    works,
    reason: works ? "" : reasonOf(log, error),
    adapter: await adapterName(gpus.map(([, vendor, device, name]) => `${name || "GPU"} ${vendor}:${device}`)),
    hardware: gpus.length > 0,
  };
}

/** y = x + x of one number, as base64. */
function additionModel(): string {
  const value = (name: string) => ({ name, type: "float32" as const, shape: [1] });
  const node = { name: "add", operator: "Add", domain: "", inputs: ["x", "x"], outputs: ["y"], attributes: {} };
  return Buffer.from(
    encodeModel({ nodes: [node], inputs: [value("x")], outputs: [value("y")], constants: [] }),
  ).toString("base64");
}

function reasonOf(log: string, error: (Error & { signal?: string | null; killed?: boolean }) | null): string {
  const lines = log.split("\n");
  const thrown = lines.find((line) => /^Error: /.test(line)) ?? lines.find((line) => /Error: /.test(line));
  const loading = lines.find((line) => /couldn't load vulkan/i.test(line));
  if (error?.killed) return `no answer within ${timeoutMs / 1000} s`;
  const said = [loading, thrown]
    .filter(Boolean)
    .map((line) => (line as string).replace(/^.*?(?:Error|Warning): /, "").trim());
  const short = said.map((line) => line.replace(/^\/\S+ .*? was false\. /, ""));
  return short.join("; ") || `the attempt ended with ${error?.signal ?? "no answer"}`;
}

/** The name of the GPU where the system tells it. */
async function adapterName(found: readonly string[]): Promise<string> {
  const fileSystem = "node:fs/promises";
  const { readdir, readFile } = (await import(
    /* @vite-ignore */ /* webpackIgnore: true */ fileSystem
  )) as typeof import("node:fs/promises");
  const folder = "/proc/driver/nvidia/gpus";
  const [gpu] = await readdir(folder).catch(() => []);
  const information = gpu ? await readFile(`${folder}/${gpu}/information`, "utf8").catch(() => "") : "";
  const model = /^Model:\s*(.+)$/m.exec(information)?.[1];
  const driver = process.env.VK_ICD_FILENAMES ?? process.env.VK_DRIVER_FILES;
  return model ?? found[0] ?? (driver ? `Vulkan driver ${driver}` : "name not told");
}
