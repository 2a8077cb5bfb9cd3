import { ModelError } from "./model-error.js";
import type * as node from "./node.js";

// A name that bundlers do not follow, so that a browser's bundle never meets `fs`.
const entry = "@tesserae/models/node";

async function inNode<Name extends keyof typeof node>(name: Name): Promise<(typeof node)[Name]> {
  let module: typeof node;
  try {
    module = await import(/* @vite-ignore */ entry);
  } catch (cause) {
    throw new ModelError(
      `${name} works with files, so it needs Node and ${entry} installed beside what calls it; in a browser, use what takes weights and JSON (clipFromWeights, decodeSafetensors, loadTokenizer).`,
      { cause },
    );
  }
  return module[name];
}

/** `exportOnnx` of `@tesserae/models/node`, loaded when it is called. */
export const exportOnnx: typeof node.exportOnnx = async (...args) => (await inNode("exportOnnx"))(...args);

/** `loadClip` of `@tesserae/models/node`, loaded when it is called. */
export const loadClip: typeof node.loadClip = async (...args) => (await inNode("loadClip"))(...args);

/** `loadTextTower` of `@tesserae/models/node`, loaded when it is called. */
export const loadTextTower: typeof node.loadTextTower = async (...args) => (await inNode("loadTextTower"))(...args);

/** `saveClip` of `@tesserae/models/node`, loaded when it is called. */
export const saveClip: typeof node.saveClip = async (...args) => (await inNode("saveClip"))(...args);
