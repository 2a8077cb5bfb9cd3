// Packs `perf gpu` for a Linux x64 machine that has a GPU and reaches nothing: node tools/perf/scripts/pack-gpu-run.mjs
// writes tools/gpu/ (about 50 MB, ignored by git; needs a build). There: bash tools/gpu/run.sh [python]. It ends within ten minutes.
import { cpSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const perf = fileURLToPath(new URL("..", import.meta.url));
const target = join(perf, "..", "gpu");
const backend = realpathSync(join(perf, "node_modules/@tesserae/tfjs-backend-ort"));
const packageOf = (name) => realpathSync(join(backend, "node_modules", name));

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
await build({
  entryPoints: ["gpu-run.ts", "engine/clip-step-worker.ts"].map((name) => join(perf, "src", name)),
  entryNames: "[name]",
  outdir: join(target, "dist"),
  bundle: true,
  platform: "node",
  format: "esm",
  mainFields: ["module", "main"],
  external: ["onnxruntime-common", "@tensorflow/tfjs-node*", "@tensorflow/tfjs-backend-wasm"],
  banner: {
    js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
  },
  logLevel: "error",
});
const modules = join(target, "node_modules");
cpSync(packageOf("onnxruntime-common"), join(modules, "onnxruntime-common"), { recursive: true, dereference: true });
const binaries = join(packageOf("onnxruntime-node"), "bin/napi-v6/linux/x64");
const native = join(modules, "onnxruntime-node");
cpSync(binaries, join(native, "bin/napi-v6/linux/x64"), { recursive: true });
cpSync(join(packageOf("onnxruntime-node"), "package.json"), join(native, "package.json"));
writeFileSync(join(target, "dist", "package.json"), '{ "type": "module" }\n');
writeFileSync(
  join(target, "run.sh"),
  `#!/usr/bin/env bash
# Says what the machine has, then measures. Nothing is fetched or installed.
python="\${1:-python3}"
cd "$(dirname "$0")"
node --version || { echo "no Node, nothing to measure with"; exit 1; }
nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader || echo "no nvidia-smi"
ldconfig -p | grep -q libvulkan.so.1 && echo "Vulkan loader: yes" || echo "Vulkan loader: no, so WebGPU cannot be measured"
ls /usr/share/vulkan/icd.d /etc/vulkan/icd.d 2>/dev/null || echo "no Vulkan driver is installed"
"$python" -c 'import torch; print("PyTorch", torch.__version__, torch.cuda.is_available())' || echo "no PyTorch, so the peer cannot be measured"
exec timeout 560 node dist/gpu-run.js "$python"
`,
);
const bytes = readdirSync(target, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
console.log(`${target}: ${(bytes / 2 ** 20).toFixed(1)} MiB`);
if (bytes > 60 * 2 ** 20) throw new Error("more than 60 MiB");
