import { RegionMapperError } from "../errors.js";
import { type Box, clipBox, expectBox } from "./box.js";

/** An image to propose regions of; sizes in pixels. */
export interface ProposalImage {
  /** What the data set calls it. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** A way to find regions of an image. A plain value: a run writes down its name, version and options. */
export interface RegionProposer {
  readonly name: string;
  readonly version: string;
  readonly options: Readonly<Record<string, unknown>>;
  propose(image: ProposalImage): readonly Box[];
}

/** Cuts each image into `rows` times `columns` equal boxes, row by row. Default 3 x 3, as DocMNIST. */
export function gridProposals({
  rows = 3,
  columns = 3,
}: {
  readonly rows?: number;
  readonly columns?: number;
} = {}): RegionProposer {
  for (const [name, count] of [["rows", rows] as const, ["columns", columns] as const]) {
    if (!Number.isInteger(count) || count < 1) {
      throw new RegionMapperError("out-of-range", `${name} is ${count}; expected a whole number above 0`);
    }
  }
  return {
    name: "grid",
    version: "1",
    options: { rows, columns },
    propose: ({ width, height }) =>
      Array.from({ length: rows * columns }, (_, cell): Box => {
        const row = Math.floor(cell / columns);
        return [((cell % columns) * width) / columns, (row * height) / rows, width / columns, height / rows];
      }),
  };
}

/**
 * Boxes that come from elsewhere: a detector, annotations. Each is cut to its image; those that then have no area go.
 *
 * @param boxes By the image's name.
 * @param options.name How a run calls the source, such as "rpn". Default "given".
 * @throws RegionMapperError when proposing: `out-of-range` for a wrong box, `empty-input` for an image without boxes.
 */
export function givenProposals(
  boxes: ReadonlyMap<string, readonly Box[]>,
  { name = "given" }: { readonly name?: string } = {},
): RegionProposer {
  return {
    name,
    version: "1",
    options: { images: boxes.size },
    propose(image) {
      const own = boxes.get(image.name);
      if (own === undefined || own.length === 0) {
        throw new RegionMapperError(
          "empty-input",
          `${name} has no boxes for image "${image.name}"; add them, or use gridProposals()`,
        );
      }
      return own.flatMap((box, place) => {
        expectBox(box, `box ${place} of image "${image.name}"`);
        const inside = clipBox(box, image);
        return inside[2] > 0 && inside[3] > 0 ? [inside] : [];
      });
    },
  };
}

/** The whole image as a box, as ViLLA's stage 2 adds it: one pixel short on both sides, [0, 0, width - 1, height - 1]. */
export function wholeImageBox({ width, height }: { readonly width: number; readonly height: number }): Box {
  return [0, 0, Math.max(1, width - 1), Math.max(1, height - 1)];
}
