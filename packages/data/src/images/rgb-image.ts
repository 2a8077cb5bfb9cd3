/** An 8-bit RGB image, whole: `data` holds height x width x 3 values, row by row. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
