import { writeFile } from "node:fs/promises";
import type { BoxAnnotation, Detection } from "@tesserae/benchmarks/detection";
import { seededRng } from "@tesserae/scene-graph/random";

/** Sizes of a synthetic set. */
export interface DetectionSetSize {
  readonly images: number;
  readonly categories: number;
  readonly boxes: number;
  readonly detectionsPerImage: number;
}

/** The size of COCO's validation set, with a detector that gives 100 boxes an image. */
export const cocoSize: DetectionSetSize = { images: 5000, categories: 80, boxes: 36_000, detectionsPerImage: 100 };

type Box = readonly [number, number, number, number];

/**
 * Writes ground truth and detections in COCO's formats. Six of ten detections are true boxes moved by some pixels, a third
 * of them under another category; the others are drawn at random. Categories are as uneven as COCO's. The same seed gives the same files.
 */
export async function writeDetectionSet(
  truthPath: string,
  detectionsPath: string,
  size: DetectionSetSize,
): Promise<void> {
  const rng = seededRng("detections", 0);
  const whole = (limit: number): number => Math.floor(rng() * limit);
  const round = (value: number): number => Math.round(value * 100) / 100;
  const drawBox = (): Box => {
    const most = [30, 80, 250][whole(3)]!;
    const [width, height] = [round(2 + rng() * most), round(2 + rng() * most)];
    return [round(rng() * (640 - width)), round(rng() * (480 - height)), width, height];
  };
  const images = Array.from({ length: size.images }, (_, index) => ({ id: 7 * index + 3, width: 640, height: 480 }));
  const categories = Array.from({ length: size.categories }, (_, index) => ({
    id: index + 1,
    name: `category ${index}`,
  }));
  const annotations: BoxAnnotation[] = Array.from({ length: size.boxes }, (_, index) => {
    const bbox = drawBox();
    const category_id = Math.min(size.categories, 1 + Math.floor(-10 * Math.log(1 - rng())));
    const image_id = images[whole(size.images)]!.id;
    return {
      id: index + 1,
      image_id,
      category_id,
      bbox,
      area: round(0.7 * bbox[2] * bbox[3]),
      iscrowd: rng() < 0.01 ? 1 : 0,
    };
  });
  const byImage = new Map(images.map(({ id }) => [id, [] as BoxAnnotation[]]));
  for (const annotation of annotations) byImage.get(annotation.image_id as number)!.push(annotation);
  const detections: Detection[] = images.flatMap(({ id: image_id }) =>
    Array.from({ length: size.detectionsPerImage }, () => {
      const own = byImage.get(image_id)!;
      const other = 1 + whole(size.categories);
      if (own.length === 0 || rng() >= 0.6) return { image_id, category_id: other, bbox: drawBox(), score: rng() ** 2 };
      const { category_id, bbox } = own[whole(own.length)]!;
      const moved = bbox.map((value) => Math.max(1, round(value + 12 * (rng() - 0.5))));
      return { image_id, category_id: rng() < 0.3 ? other : category_id, bbox: moved, score: rng() ** 0.7 };
    }),
  );
  for (const detection of detections) Object.assign(detection, { score: Math.round(detection.score * 1e4) / 1e4 });
  await writeFile(truthPath, JSON.stringify({ images, categories, annotations }));
  await writeFile(detectionsPath, JSON.stringify(detections));
}
