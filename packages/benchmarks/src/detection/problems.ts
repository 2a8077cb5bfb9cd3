/** What can be wrong with annotations or detections. */
export type DetectionProblemCode =
  | "annotation-id-zero"
  | "area-negative"
  | "area-missing"
  | "beyond-limit"
  | "box-negative"
  | "box-not-finite"
  | "box-outside-image"
  | "category-not-judged"
  | "duplicate-annotation"
  | "duplicate-category"
  | "duplicate-image"
  | "federated-lists-missing"
  | "flag-not-0-or-1"
  | "frequency-missing"
  | "id-missing"
  | "not-a-record"
  | "score-not-finite"
  | "size-not-a-number"
  | "unknown-category"
  | "unknown-image"
  | "zero-area";

/** All records with the same fault. */
export interface DetectionProblem {
  readonly code: DetectionProblemCode;
  readonly where: "ground truth" | "detections";
  /** Number of records concerned. */
  readonly count: number;
  /** Whether these records take no part in the evaluation. */
  readonly leftOut: boolean;
  /** What is wrong, and what is done about it. */
  readonly message: string;
  /** The first three: their place, such as "annotations[12]", and the value that is wrong. */
  readonly examples: readonly string[];
}

/** Collects problems by kind, so that a million bad records make one line. */
export interface ProblemLog {
  /** @param example Only called for the first three. */
  add(code: DetectionProblemCode, where: DetectionProblem["where"], example: () => string): void;
  list(): readonly DetectionProblem[];
}

const meanings: Readonly<Record<DetectionProblemCode, { readonly leftOut: boolean; readonly message: string }>> = {
  "annotation-id-zero": {
    leftOut: false,
    message:
      "an annotation's id is 0, and the reference code counts a detection matched to it as wrong; so does this; number from 1",
  },
  "area-missing": { leftOut: false, message: "area is missing or no number; width times height of the box is taken" },
  "area-negative": {
    leftOut: false,
    message: "area is negative; kept, as in the reference code, though it is in none of the ranges of areas",
  },
  "beyond-limit": { leftOut: true, message: "less sure than the protocol's limit of detections lets in" },
  "box-negative": {
    leftOut: false,
    message: "width or height is negative; kept, as in the reference code, though it can match nothing",
  },
  "box-not-finite": { leftOut: true, message: "bbox is not four finite numbers [x, y, width, height]" },
  "box-outside-image": { leftOut: false, message: "the box reaches more than a pixel out of its image; kept as it is" },
  "category-not-judged": {
    leftOut: true,
    message:
      "the category is neither annotated nor listed as absent in the image, so LVIS does not judge the detection",
  },
  "duplicate-annotation": { leftOut: false, message: "the annotation's id was there before; both count" },
  "duplicate-category": { leftOut: true, message: "the category's id was there before; the first one counts" },
  "duplicate-image": { leftOut: true, message: "the image's id was there before; the first one counts" },
  "federated-lists-missing": {
    leftOut: false,
    message: "neg_category_ids or not_exhaustive_category_ids is missing; taken as an empty list",
  },
  "flag-not-0-or-1": {
    leftOut: false,
    message: "iscrowd or ignore is neither 0 nor 1; what Python takes to be true counts as 1, as in the reference code",
  },
  "frequency-missing": {
    leftOut: false,
    message: 'frequency is none of "r", "c" and "f"; left out of APr, APc and APf',
  },
  "id-missing": { leftOut: true, message: "id is no number and no text; nothing can refer to it" },
  "not-a-record": { leftOut: true, message: "is not an object" },
  "score-not-finite": { leftOut: true, message: "score is no finite number" },
  "size-not-a-number": {
    leftOut: false,
    message: "width or height of the image is no number above 0; whether boxes leave the image is not checked",
  },
  "unknown-category": { leftOut: true, message: "category_id is none of the ground truth's categories" },
  "unknown-image": { leftOut: true, message: "image_id is none of the ground truth's images" },
  "zero-area": { leftOut: true, message: "the area is not above 0, and lvis-api leaves such records out" },
};

/** An empty log. */
export function problemLog(): ProblemLog {
  const found = new Map<
    string,
    { code: DetectionProblemCode; where: DetectionProblem["where"]; count: number; examples: string[] }
  >();
  return {
    add(code, where, example) {
      const key = `${where} ${code}`;
      let entry = found.get(key);
      if (entry === undefined) {
        entry = { code, where, count: 0, examples: [] };
        found.set(key, entry);
      }
      entry.count++;
      if (entry.examples.length < 3) entry.examples.push(example());
    },
    list: () => [...found.values()].map((entry) => ({ ...entry, ...meanings[entry.code] })),
  };
}

/** A value as JSON has it, so that the text "7" and the number 7 look different. */
export function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
