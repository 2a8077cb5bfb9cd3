import type { Dataset } from "../dataset.js";
import { openImageFolder } from "../images/image-folder.js";
import { linesOf, readTextFile, requireSamples } from "../parsing/read-text.js";

/**
 * Reads Karpathy's test captions as published with Structure-CLIP: image index, image path and caption, separated by
 * tabs, one caption a line. One sample an image. Lines that cannot be used are skipped and listed in `problems`, an empty one is an error.
 * Without `imageFolder` there are captions only. Throws a DataError when the file is missing or nothing can be used.
 */
export async function readKarpathy(path: string, imageFolder?: string): Promise<Dataset> {
  const file = await readTextFile(path, "lines of image index, image path and caption, separated by tabs");
  const folder = await openImageFolder(imageFolder, "folder of the COCO images");
  const problems: string[] = [];
  const byImage = new Map<string, { id: string; image: string; captions: string[] }>();
  for (const { number, text } of linesOf(file, "index, image path and caption")) {
    const [index, name, caption, ...rest] = text.split("\t").map((part) => part.trim());
    const problem = (what: string) => problems.push(`${path}:${number}: ${what}; skipped`);
    if (!index || !name || !caption || rest.length > 0) problem("expected index, path and caption, separated by tabs");
    else {
      const image = folder.find(name);
      const known = byImage.get(name);
      if (image === undefined) problem(`no image ${name} in the folder`);
      else if (known) known.captions.push(caption);
      else byImage.set(name, { id: index, image, captions: [caption] });
    }
  }
  const samples = [...byImage.values()];
  requireSamples(path, samples, problems);
  return { name: "karpathy", revision: file.revision, samples, problems, loadImage: folder.load };
}
