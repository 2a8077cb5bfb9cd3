import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import * as tf from "@tensorflow/tfjs-core";
import { toolFolder } from "./tool-folder.js";

/** The machine, in words. */
export function machine(): string {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${process.platform} ${process.arch}, ${processors.length} x ${processors[0]?.model.trim() ?? "CPU"}, ${gigabytes} GiB`;
}

/** Versions that a number may depend on. */
export function versions(): Readonly<Record<string, string>> {
  return { tesserae: ownVersion(), node: process.versions.node, "tfjs-core": tf.version_core };
}

/** Version of this tool. */
export function ownVersion(): string {
  const text = readFileSync(new URL("package.json", toolFolder), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
