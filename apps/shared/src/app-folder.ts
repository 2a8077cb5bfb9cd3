import { existsSync } from "node:fs";

/** The folder of the package that a module belongs to: the nearest one upwards with a package.json, whether built or not. */
export function appFolder(moduleUrl: string): URL {
  let folder = new URL(".", moduleUrl);
  while (!existsSync(new URL("package.json", folder))) {
    const parent = new URL("..", folder);
    if (parent.href === folder.href) throw new Error(`${moduleUrl}: no package.json in any folder above it`);
    folder = parent;
  }
  return folder;
}
