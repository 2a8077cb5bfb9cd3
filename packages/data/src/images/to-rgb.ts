/**
 * CMYK to RGB as Pillow converts (src/libImaging/Convert.c, `cmyk2rgb`): 255 - K, less C (M, Y) of it.
 *
 * @param cmyk four bytes a pixel, 255 for full ink.
 * @returns three bytes a pixel.
 */
export function cmykToRgb(cmyk: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((cmyk.length / 4) * 3);
  for (let from = 0, to = 0; from < cmyk.length; from += 4, to += 3) {
    const light = 255 - cmyk[from + 3]!;
    for (let ink = 0; ink < 3; ink++) rgb[to + ink] = light - multiply(cmyk[from + ink]!, light);
  }
  return rgb;
}

/** a * b / 255 in whole numbers, rounded as Pillow rounds. */
function multiply(a: number, b: number): number {
  const product = a * b + 128;
  return ((product >> 8) + product) >> 8;
}

/** 16 bits of grey to RGB as Pillow converts its mode "I;16": values above 255 become 255. Three bytes a pixel. */
export function grey16ToRgb(grey: Uint16Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3);
  for (const [pixel, value] of grey.entries()) rgb.fill(Math.min(255, value), pixel * 3, pixel * 3 + 3);
  return rgb;
}
