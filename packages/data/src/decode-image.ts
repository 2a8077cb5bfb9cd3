import { access } from "node:fs/promises";
import sharp from "sharp";
import { ImageError, type ImageErrorCode } from "./errors.js";
import type { RgbImage } from "./rgb-image.js";

/**
 * Decodes an image file to `size` x `size` pixels of 8-bit sRGB: turned as its EXIF says, scaled (bicubic) so that it
 * covers the square, cut to the middle. Grey becomes RGB; transparency is laid on white. Throws an ImageError that
 * names the file and the reason, and a RangeError for a size that is not a whole number from 1.
 */
export async function decodeImage(path: string, size: number): Promise<RgbImage> {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`decodeImage: size is ${size}; give a whole number of pixels`);
  }
  try {
    await access(path);
  } catch (error) {
    throw new ImageError("not-found", path, `${path}: no such image, or no permission to read it`, { cause: error });
  }
  try {
    const { data, info } = await sharp(path, { failOn: "truncated" })
      .autoOrient()
      .resize(size, size, { fit: "cover", position: "centre", kernel: "cubic" })
      .flatten({ background: "white" })
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
  } catch (error) {
    throw asImageError(path, error as Error);
  }
}

function asImageError(path: string, error: Error): ImageError {
  // The decoder repeats its complaint for every attempt; the first line says it.
  const detail = error.message.trim().split("\n")[0]!.trim();
  const [code, reason] = classify(detail);
  return new ImageError(code, path, `${path}: ${reason} (${detail}); replace or remove the file`, { cause: error });
}

function classify(detail: string): [ImageErrorCode, string] {
  if (/premature end|truncat|end of (stream|file)|read error|not enough data/i.test(detail)) {
    const format = /jpe?g/i.test(detail) ? " JPEG" : /png/i.test(detail) ? " PNG" : " image";
    return ["truncated", `truncated${format}`];
  }
  if (/unsupported image format|is empty|Input (file|Buffer) is/i.test(detail))
    return ["unsupported", "not an image in a known format"];
  return ["unreadable", "cannot be decoded"];
}
