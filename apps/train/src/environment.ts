import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import * as tf from "@tensorflow/tfjs-core";
import { appFolder } from "./app-folder.js";

/** The machine, in words. */
export function machine(): string {
  const processors = cpus();
  return `${process.platform} ${process.arch}, ${processors.length} x ${processors[0]?.model.trim() ?? "CPU"}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

/** Versions that a number may depend on. */
export function versions(): Record<string, string> {
  const own = JSON.parse(readFileSync(new URL("package.json", appFolder), "utf8")) as { version: string };
  return { tesserae: own.version, node: process.versions.node, "tfjs-core": tf.version_core };
}
