import { readFile } from "node:fs/promises";
import sharp, { type Sharp } from "sharp";
import { ImageError, type ImageErrorCode } from "../errors.js";
import type { RgbImage } from "./rgb-image.js";
import { cmykToRgb, grey16ToRgb } from "./to-rgb.js";

/**
 * Decodes an image, whole, to the bytes that Pillow's `Image.open(source).convert("RGB")` gives, which is what
 * torchvision and open_clip train and evaluate on: neither resized, nor turned as EXIF says, nor converted by a colour
 * profile; grey becomes RGB, CMYK becomes RGB by Pillow's formula, transparency is dropped, 16 bits of a colour become
 * the upper 8, and 16 bits of grey are cut at 255. Of an animation, the first picture.
 *
 * @param source path of a file, or the bytes of one.
 * @param name how errors call the image; default: the path, or the number of bytes.
 * @throws ImageError that names the image and the reason: not there, cut short, of no known format, or damaged.
 */
export async function decodeImage(source: string | Uint8Array, name = nameOf(source)): Promise<RgbImage> {
  // Read here and not by sharp, which would remember a path's contents.
  const bytes = typeof source === "string" ? await readBytes(source, name) : source;
  try {
    return await readPixels(sharp(bytes, { failOn: "error", ignoreIcc: true }));
  } catch (error) {
    throw asImageError(name, bytes, error as Error);
  }
}

function nameOf(source: string | Uint8Array): string {
  return typeof source === "string" ? source : `image of ${source.length} bytes`;
}

async function readBytes(path: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "no such image" : `cannot be read (${code})`;
    throw new ImageError("not-found", name, `${name}: ${reason}; give the path of an image file`, { cause });
  }
}

async function readPixels(image: Sharp): Promise<RgbImage> {
  const { space, hasAlpha } = await image.metadata();
  if (space === "cmyk") {
    const { data, info } = await bytesOf(image.pipelineColourspace("cmyk").toColourspace("cmyk").raw());
    return { width: info.width, height: info.height, data: cmykToRgb(data) };
  }
  if (space === "grey16" && !hasAlpha) {
    const { data, info } = await bytesOf(image.toColourspace("grey16").raw({ depth: "ushort" }));
    const grey = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
    return { width: info.width, height: info.height, data: grey16ToRgb(grey) };
  }
  const { data, info } = await bytesOf(image.removeAlpha().toColourspace("srgb").raw());
  return { width: info.width, height: info.height, data };
}

async function bytesOf(image: Sharp) {
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data.buffer, data.byteOffset, data.length), info };
}

/** How files of the formats that are decoded begin. */
const signatures: readonly (readonly [format: string, start: RegExp])[] = [
  ["JPEG", /^\xff\xd8\xff/],
  ["PNG", /^\x89PNG/],
  ["GIF", /^GIF8/],
  ["WebP", /^RIFF....WEBP/s],
  ["TIFF", /^(II\*\0|MM\0\*)/],
  ["AVIF", /^....ftyp/s],
];

function asImageError(name: string, bytes: Uint8Array, cause: Error): ImageError {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(16, bytes.length)).toString("latin1");
  const format = signatures.find(([, signature]) => signature.test(start))?.[0];
  if (format === undefined) {
    const formats = signatures.map(([known]) => known).join(", ");
    return new ImageError("unsupported", name, `${name}: not an image in a known format; expected ${formats}`, {
      cause,
    });
  }
  // The decoder repeats its complaint for every attempt; the first line says it.
  const detail = cause.message.trim().split("\n")[0]!.replace(/:$/, "").trim();
  const isCut = /premature|truncat|unexpected end|read error|header|unsupported/i.test(detail);
  const reason = isCut ? `truncated ${format}` : `damaged ${format}`;
  const code: ImageErrorCode = isCut ? "truncated" : "unreadable";
  return new ImageError(code, name, `${name}: ${reason} (${detail}); replace or remove it`, { cause });
}
