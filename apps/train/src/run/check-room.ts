import { statfs } from "node:fs/promises";
import { TrainError } from "../train-error.js";

/**
 * Checks that two checkpoints fit on a folder's disk: the new one is written before the old one goes. One holds each weight and two
 * moments of it, 4 bytes each.
 *
 * @param weights numbers of the model
 * @param free bytes that are free. Default: asked of the system
 * @throws TrainError where they do not fit
 */
export async function checkRoom(folder: string, weights: number, free?: number): Promise<void> {
  const needed = 2 * 3 * 4 * weights;
  const found = free ?? (await freeBytes(folder));
  if (found >= needed) return;
  const unit = needed < 2 ** 24 ? ([2 ** 10, "KiB"] as const) : ([2 ** 20, "MiB"] as const);
  const [most, least] = [Math.ceil(needed / unit[0]), Math.floor(found / unit[0])];
  throw new TrainError(
    `${folder}: two checkpoints take ${most} ${unit[1]}, and ${least} ${unit[1]} are free; give an --out on a larger disk`,
  );
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
