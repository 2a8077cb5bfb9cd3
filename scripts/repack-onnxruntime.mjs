// Copies the binaries of onnxruntime-node for one platform into dist/ of the package in whose folder it is called, with where they are from.
// Each package in native/ calls it before it is packed; nothing of it stands in the repository.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const folder = process.cwd();
const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const [platform] = manifest.os;
const [architecture] = manifest.cpu;
const upstream = createRequire(join(folder, "package.json")).resolve("onnxruntime-node/package.json");
const { version } = JSON.parse(readFileSync(upstream, "utf8"));
const source = join(dirname(upstream), "bin", "napi-v6", platform, architecture);
const target = join(folder, "dist");
rmSync(target, { recursive: true, force: true });
mkdirSync(target);
const files = {};
// What CUDA needs is left out: its libraries are larger than a registry takes, and are fetched by onnxruntime-node itself.
for (const name of readdirSync(source).filter((name) => !/providers_(cuda|tensorrt|shared)/.test(name))) {
  copyFileSync(join(source, name), join(target, name));
  files[name] = createHash("sha256")
    .update(readFileSync(join(source, name)))
    .digest("hex");
}
writeFileSync(
  join(target, "UPSTREAM.json"),
  `${JSON.stringify({ package: "onnxruntime-node", version, files }, null, 2)}\n`,
);
