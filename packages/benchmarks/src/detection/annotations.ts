/** An image of a COCO or LVIS file. Fields that evaluation does not use are allowed and ignored. */
export interface AnnotatedImage {
  readonly id: number | string;
  /** Pixels; only used to tell of boxes that leave the image. */
  readonly width?: number;
  readonly height?: number;
  /** LVIS: categories known to be absent from this image. */
  readonly neg_category_ids?: readonly number[];
  /** LVIS: categories of which not every object is annotated in this image. */
  readonly not_exhaustive_category_ids?: readonly number[];
}

/** A category of a COCO or LVIS file. */
export interface AnnotatedCategory {
  readonly id: number;
  readonly name?: string;
  /** LVIS: rare, common or frequent, by the number of training images that show it. */
  readonly frequency?: "r" | "c" | "f";
}

/** One object that is truly there. */
export interface BoxAnnotation {
  readonly id?: number | string;
  readonly image_id: number | string;
  readonly category_id: number;
  /** x and y of the upper left corner, width and height, in pixels. */
  readonly bbox: readonly number[];
  /** Square pixels of the object's mask, by which objects count as small, medium or large. Default: the box's area, which is told. */
  readonly area?: number;
  /** COCO: 1 for a box around many objects, in which any number of detections is neither right nor wrong. Default 0. */
  readonly iscrowd?: number | boolean;
  /** LVIS: 1 for an object that counts for nothing. Default 0. */
  readonly ignore?: number | boolean;
}

/** Ground truth as `instances_val2017.json` or `lvis_v1_val.json` hold it. */
export interface DetectionGroundTruth {
  readonly images: readonly AnnotatedImage[];
  readonly annotations: readonly BoxAnnotation[];
  readonly categories: readonly AnnotatedCategory[];
}

/** One box that a detector gives, as in COCO's result format. */
export interface Detection {
  readonly image_id: number | string;
  readonly category_id: number;
  /** x and y of the upper left corner, width and height, in pixels. */
  readonly bbox: readonly number[];
  /** Higher is surer; only the order matters. */
  readonly score: number;
}
