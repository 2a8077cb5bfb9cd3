import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { type Detection, DetectionError, parseCocoJson, type Scorer } from "@tesserae/benchmarks";
import { BenchError } from "../bench-error.js";

/**
 * A detector's boxes in COCO's result format as a model: only benchmarks of detection can score it.
 *
 * @throws BenchError when the file is no list; when another benchmark asks it for vectors
 */
export async function openDetectionsFile(path: string): Promise<Scorer> {
  const bytes = await readFile(path);
  const detections = parse(bytes.toString("utf8"), path);
  const refuse = async (): Promise<never> => {
    throw new BenchError(`${path}: is a file of detections; only detection/coco and detection/lvis can score it`);
  };
  return {
    name: basename(path, extname(path)),
    revision: `sha256 ${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}`,
    embedImages: refuse,
    embedTexts: refuse,
    detect: async () => detections,
  };
}

function parse(text: string, path: string): readonly Detection[] {
  try {
    const detections = parseCocoJson(text, path, "detections");
    if (Array.isArray(detections)) return detections as readonly Detection[];
  } catch (error) {
    throw error instanceof DetectionError ? new BenchError(error.message) : error;
  }
  throw new BenchError(
    `${path}: is no list; expected detections in COCO's result format, [{ image_id, category_id, bbox, score }, …]`,
  );
}
