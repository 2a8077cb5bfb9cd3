import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Reader } from "@tesserae/data";

const isPhoto = (name: string) => /\.(jpe?g|png|webp)$/i.test(name);
const captionName = (photo: string) => photo.replace(/\.\w+$/, ".txt");

/** Photos with a text file of the same name beside each: `beach.jpg` and `beach.txt`, one caption a line. */
export default function textBesidePhoto(path?: string): Reader {
  return {
    name: "text-beside-photo",
    version: "1",
    ...(path === undefined ? {} : { path }),
    detect: ({ entries = [] }) => entries.some((name) => isPhoto(name) && entries.includes(captionName(name))),
    async *read({ path: folder, entries = [] }) {
      for (const photo of entries.filter(isPhoto)) {
        const where = join(folder, captionName(photo));
        const text = await readFile(where, "utf8").catch(() => undefined);
        const captions = (text ?? "").split("\n").map((line) => line.trim());
        const [id] = photo.split(".") as [string];
        if (text === undefined) yield { where, problem: `no captions beside ${photo}` };
        else if (captions.every((caption) => caption === "")) yield { where, problem: "no line with a caption" };
        else yield { where, id, image: photo, captions: captions.filter((caption) => caption !== "") };
      }
    },
  };
}
