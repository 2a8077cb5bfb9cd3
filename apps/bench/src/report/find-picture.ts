import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { decodeImage, encodePng, type RgbImage } from "@tesserae/data";
import { parseWorldAddress, renderScene, worldScene } from "@tesserae/world";
import type { Picture } from "./examples.js";

/** Side of drawn scenes, and the longest side of cut-out pictures, in pixels. */
const pictureSize = 256;
const types: Readonly<Record<string, string>> = {
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
  ".webp": "image/webp",
};

/** Pictures of a report: scenes of the world are drawn, photos are read from a folder, and cut out where a result names a box of one. */
export function findPicture(images: string | undefined): Picture {
  return async (name) => {
    if (name.startsWith("world:")) return pngUri(renderScene(worldScene(parseWorldAddress(name)), pictureSize));
    if (images === undefined) return null;
    const [, file = name, box] = /^(.*)\[([-\d.,]+)\]$/.exec(name) ?? [];
    const path = join(images, file);
    if (!existsSync(path)) return null;
    if (box !== undefined) return pngUri(cutOut(await decodeImage(path), box.split(",").map(Number)));
    const type = types[extname(path).toLowerCase()];
    return type === undefined ? null : `data:${type};base64,${(await readFile(path)).toString("base64")}`;
  };
}

async function pngUri(image: RgbImage): Promise<string> {
  return `data:image/png;base64,${Buffer.from(await encodePng(image)).toString("base64")}`;
}

/** A box of an image, of every nth pixel where it is large; what lies beyond the image is black. */
function cutOut(image: RgbImage, [left = 0, top = 0, width = 1, height = 1]: readonly number[]): RgbImage {
  const stride = Math.max(1, Math.ceil(Math.max(width, height) / pictureSize));
  const [columns, rows] = [width, height].map((side) => Math.max(1, Math.floor(side / stride))) as [number, number];
  const data = new Uint8Array(3 * columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [Math.round(left) + column * stride, Math.round(top) + row * stride];
      if (x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
      const at = 3 * (y * image.width + x);
      data.set(image.data.subarray(at, at + 3), 3 * (row * columns + column));
    }
  }
  return { width: columns, height: rows, data };
}
