import { pick, type Rng } from "@tesserae/scene-graph/random";

/** The four kinds of DocMNIST's attributes, in the order in which a region lists them. */
export const docMnistKinds = ["digit", "color", "shape", "size"] as const;

/** A kind of attribute. */
export type DocMnistKind = (typeof docMnistKinds)[number];

/** DocMNIST's twenty attributes by kind. */
export const docMnistNames: Readonly<Record<DocMnistKind, readonly string[]>> = {
  digit: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
  color: ["red", "yellow", "green", "blue", "purple"],
  shape: ["circle", "rectangle"],
  size: ["small", "medium", "large"],
};

/** All twenty, in the order of their numbers. */
export const docMnistAttributes: readonly string[] = docMnistKinds.flatMap((kind) => docMnistNames[kind]);

/** Red, green and blue of each colour: matplotlib's colormap "hsv" at 0, 0.2, 0.4, 0.6 and 0.8. */
export const docMnistColors: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [255, 0, 0],
  yellow: [208, 255, 0],
  green: [0, 255, 92],
  blue: [0, 116, 255],
  purple: [184, 0, 255],
};

/** Pixels from the centre of a circle to its line; side of a rectangle, line excluded. */
export const docMnistRadii: Readonly<Record<string, number>> = { small: 1, medium: 3, large: 5 };
export const docMnistSides: Readonly<Record<string, number>> = { small: 1, medium: 4, large: 7 };

const templates: Readonly<Record<DocMnistKind, readonly string[]>> = {
  color: ["the color is {}", "the digit appears to be {}", "there is a {} image", "the image is {}"],
  digit: ["the image shows a {}", "the digit appears to be {}", "there is an image showing a {}", "the number is a {}"],
  shape: ["the shape is a {}", "the shape appears to be a {}", "there is a {}", "the image has a {}"],
  size: ["the shape size is {}", "the size of the shape is {}", "the shape is {}"],
};

/** One of the sentences that can say an attribute. */
export function writeSentence(kind: DocMnistKind, name: string, rng: Rng): string {
  return pick(rng, templates[kind]).replace("{}", name);
}

/** All sentences that can say an attribute: ViLLA's attribute embedding is the mean of theirs. */
export function docMnistPrompts(attribute: string): readonly string[] {
  const kind = docMnistKinds.find((candidate) => docMnistNames[candidate].includes(attribute));
  if (kind === undefined)
    throw new RangeError(`"${attribute}" is none of DocMNIST's attributes: ${docMnistAttributes.join(", ")}`);
  return templates[kind].map((template) => template.replace("{}", attribute));
}
