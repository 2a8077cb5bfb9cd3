/** An 8-bit RGB image, row-major, channels last. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** Three bytes a pixel. */
  readonly data: Uint8Array | Uint8ClampedArray;
}
