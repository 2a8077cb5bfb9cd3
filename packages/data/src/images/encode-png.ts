import sharp from "sharp";
import type { RgbImage } from "./rgb-image.js";

/** Encodes an image as a PNG file's bytes. */
export function encodePng({ width, height, data }: RgbImage): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
