import type { ImageRef } from "./image-ref.js";

/** Where a definition reads its files. The app injects it, so that definitions run in a browser and in tests as well. */
export interface Source {
  /** Text of a file. @throws when it is not there: where it was looked for, and how to get it */
  text(path: string): Promise<string>;
  /**
   * Paths of the files below a folder, relative to the benchmark's folder, sorted; empty when it is not there. For "": those right in the benchmark's folder.
   * Files of a tar archive stand after it: "test/0.tar#s0001.webp"; `text` and `image` take such paths too.
   */
  files(folder: string): Promise<readonly string[]>;
  /** An image of the benchmark's, by the path that its files give. */
  image(path: string): ImageRef;
}
