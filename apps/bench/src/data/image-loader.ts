import { type BenchmarkDefinition, type ImageRef, imageName } from "@tesserae/benchmarks";
import { decodeImage } from "@tesserae/data";
import type { RgbImage } from "@tesserae/models";
import { createTarArchives, isTarAddress } from "./tar-archives.js";

/** Decodes whole images, and remembers those that cannot be: a black pixel stands for them, and their items are left out. */
export interface ImageLoader {
  load(image: ImageRef): Promise<RgbImage>;
  /** Why an image could not be read, by its name. */
  readonly problems: ReadonlyMap<string, string>;
}

export function createImageLoader({ loadImage }: Pick<BenchmarkDefinition, "loadImage">): ImageLoader {
  const problems = new Map<string, string>();
  const archives = createTarArchives();
  const drawn = new Map<string, RgbImage>(); // small, and drawn once for all models
  return {
    problems,
    async load(image) {
      try {
        if (loadImage) {
          const known = drawn.get(imageName(image)) ?? ((await loadImage(image)) as RgbImage);
          drawn.set(imageName(image), known);
          return known;
        }
        if (!("path" in image)) return await decodeImage(image.bytes, image.name);
        const { path } = image;
        return await (isTarAddress(path) ? decodeImage(await archives.read(path), path) : decodeImage(path));
      } catch (error) {
        problems.set(imageName(image), (error as Error).message);
        return { width: 1, height: 1, data: new Uint8Array(3) };
      }
    },
  };
}
