import { stat } from "node:fs/promises";
import type { SelectedBackend } from "@tesserae/tfjs-backend-ort";
import { modelFolder } from "../loop/start-model.js";
import type { LoadedRecipe } from "../recipe/load-recipe.js";
import { fileChecksum, folderChecksums } from "./file-checksums.js";
import { placesName } from "./run-folder.js";

/** The number type that models are trained in; the engines have no other for training. */
export const precisions = ["fp32"] as const;

/**
 * What a run is made of, as far as it is known before its steps begin: a resumed one must be made of the same. What models and files were
 * read from stands by its checksum, not by its path, so that a folder may be moved.
 */
export async function madeOf(
  { name, scale, described, steps, flags, files }: LoadedRecipe,
  { name: backend, device }: SelectedBackend,
): Promise<object> {
  const { pretrained, textTower } = flags;
  const { data, images, ...rest } = described;
  const [model, tower] = [await revisionOf(pretrained), await revisionOf(textTower)];
  if (model !== pretrained) delete rest.pretrained;
  if (tower !== textTower) delete rest.textTower;
  const sums: Record<string, unknown> = {};
  for (const [kind, path] of Object.entries(files)) sums[kind] = await pathChecksum(path);
  return {
    recipe: name,
    scale,
    flags: rest,
    parts: steps.map((step) => ({ name: step.name, version: step.version, options: step.options })),
    ...(Object.keys(sums).length === 0 ? {} : { files: sums }),
    ...(model === undefined ? {} : { pretrained: model }),
    ...(tower === undefined ? {} : { textTower: tower }),
    backend,
    device,
    precision: precisions[0],
    [placesName]: { data, images, pretrained, textTower, ...files },
  };
}

/** The checksum of a model's weights where it is a folder, else its name. */
async function revisionOf(reference: string | undefined): Promise<unknown> {
  if (reference === undefined) return undefined;
  const folder = await modelFolder(reference);
  if (!(await isFolder(folder))) return reference;
  const sums = Object.entries(await folderChecksums(folder)).filter(([name]) => /\.(safetensors|pt|bin)$/.test(name));
  return Object.fromEntries(sums.map(([name, { sha256 }]) => [name, sha256]));
}

async function pathChecksum(path: string): Promise<unknown> {
  if (!(await isFolder(path))) return (await fileChecksum(path)).sha256;
  return Object.fromEntries(Object.entries(await folderChecksums(path)).map(([name, { sha256 }]) => [name, sha256]));
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
