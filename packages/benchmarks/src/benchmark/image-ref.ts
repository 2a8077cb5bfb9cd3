/** A rectangle in pixels of the whole image: left, top, width, height. It may reach beyond the image; what lies there is black. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** An image that a scorer is asked about: a file, or bytes with a name; a box asks for a crop of it. */
export type ImageRef = ({ readonly path: string } | { readonly bytes: Uint8Array; readonly name: string }) & {
  readonly box?: Box;
};

/** Path or name of an image, without its box. */
export function imageName(image: ImageRef): string {
  return "path" in image ? image.path : image.name;
}

/** Tells images apart: name and box, such as "photos/1.jpg" or "photos/1.jpg[10,20,30,40]". */
export function imageKey(image: ImageRef): string {
  return image.box ? `${imageName(image)}[${image.box.join(",")}]` : imageName(image);
}
