import { type RgbImage, resizeAndCrop } from "@tesserae/models";

/** Gives a whole image. `size` is what it will be resized to, for pictures that are drawn and may be drawn at it. */
export type LoadImage = (image: string, size: number) => Promise<RgbImage>;

/** Images by name and size, each decoded and resized once: models that are scored in one process share them. */
export interface ImageStore {
  load: LoadImage;
  /** Loads all images and returns, by name, why some could not be. */
  prepare(
    images: Iterable<string>,
    size: number,
    onProgress?: (done: number, total: number) => void,
  ): Promise<ReadonlyMap<string, string>>;
}

export function createImageStore(loadImage: LoadImage): ImageStore {
  const known = new Map<string, RgbImage>();
  const load: LoadImage = async (image, size) => {
    const key = `${size} ${image}`;
    const cached = known.get(key);
    if (cached) return cached;
    const loaded = resizeAndCrop(await loadImage(image, size), size);
    known.set(key, loaded);
    return loaded;
  };
  return {
    load,
    async prepare(images, size, onProgress) {
      const unique = [...new Set(images)];
      const problems = new Map<string, string>();
      for (const [index, image] of unique.entries()) {
        try {
          await load(image, size);
        } catch (error) {
          problems.set(image, (error as Error).message);
        }
        if (index % 50 === 0 || index === unique.length - 1) onProgress?.(index + 1, unique.length);
      }
      return problems;
    },
  };
}
