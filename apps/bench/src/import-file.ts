import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createJiti } from "jiti";
import { BenchError } from "./bench-error.js";

/** What a user's file may import without having it installed. */
const providedModules: Readonly<Record<string, () => Promise<unknown>>> = {
  "@tesserae/benchmarks": () => import("@tesserae/benchmarks"),
  "@tesserae/data": () => import("@tesserae/data"),
  "@tesserae/models": () => import("@tesserae/models"),
  "@tesserae/world": () => import("@tesserae/world"),
};

/** Whether a command line's name means a file of the user's: a path, or a module's file name. */
export function isFile(name: string): boolean {
  return /^[./~]|\.[cm]?[jt]s$/.test(name);
}

/** The default export of a user's file (TypeScript too); a function is called. @throws BenchError when it does not load */
export async function importFile(path: string): Promise<unknown> {
  const file = resolve(path);
  const parent = pathToFileURL(file).href;
  try {
    const resolver = createJiti(parent);
    const missing = Object.entries(providedModules).filter(
      ([name]) => resolver.esmResolve(name, { try: true }) === undefined,
    );
    const provided = await Promise.all(missing.map(async ([name, load]) => [name, await load()] as const));
    const jiti = createJiti(parent, { virtualModules: Object.fromEntries(provided) });
    const exported = await jiti.import(file, { default: true });
    return typeof exported === "function" ? await exported() : exported;
  } catch (cause) {
    const [message] = String(cause instanceof Error ? cause.message : cause).split("\n");
    throw new BenchError(`${path}: does not load: ${message}`, { cause });
  }
}
