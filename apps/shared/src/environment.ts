import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import * as tf from "@tensorflow/tfjs-core";

/** The machine, in words. */
export function machine(): string {
  const processors = cpus();
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${process.platform} ${process.arch}, ${processors.length} x ${processors[0]?.model.trim() ?? "CPU"}, ${gibibytes} GiB`;
}

/**
 * Versions that a number may depend on.
 *
 * @param folder of the app, see `appFolder`
 */
export function versions(folder: URL): Readonly<Record<string, string>> {
  return { tesserae: ownVersion(folder), node: process.versions.node, "tfjs-core": tf.version_core };
}

/** Version of the app in a folder. */
export function ownVersion(folder: URL): string {
  return (JSON.parse(readFileSync(new URL("package.json", folder), "utf8")) as { version: string }).version;
}
