/** Grey pictures of digits, 28 x 28. */
export interface DigitSet {
  readonly count: number;
  /** 0 … 9. */
  label(index: number): number;
  /** 784 bytes, row by row, 0 is black. */
  pixels(index: number): Uint8Array;
}

/** Where DocMNIST's digits come from. */
export interface DigitImages {
  readonly name: string;
  /** Changes whenever the pictures do. */
  readonly revision: string;
  readonly train: DigitSet;
  readonly test: DigitSet;
}

/** Width and height of a digit's picture, and of a slot of a DocMNIST image. */
export const digitSize = 28;
