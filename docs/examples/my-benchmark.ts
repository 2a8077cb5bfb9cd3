import { defineBenchmark, type GridItem, gridFamily, strictPolicy } from "@tesserae/benchmarks";

/** Two photos and two captions, each caption true of its own photo (as Winoground's). */
const pairs = gridFamily<GridItem>({
  name: "my-pairs",
  version: "1",
  metrics: {
    // A cell is [photo, caption]; `beats` asks whether it scores higher, and knows the tie rule.
    text: (beats) => beats([0, 0], [0, 1]) && beats([1, 1], [1, 0]),
    image: (beats) => beats([0, 0], [1, 0]) && beats([1, 1], [0, 1]),
    group: (beats) => [[0, 1] as const, [1, 0] as const].every((other) => beats([0, 0], other) && beats([1, 1], other)),
  },
});

type Entry = { photos: [string, string]; captions: [string, string] };

export default defineBenchmark({
  name: "my/umbrellas",
  version: "1",
  family: pairs,
  policy: strictPolicy,
  headline: "group",
  split: "test",
  sampleCount: null,
  folder: "umbrellas",
  files: [{ path: "umbrellas.json" }],
  images: "umbrellas/photos",
  needs: "umbrellas.json and photos/, from you",
  citation: "none yet",
  licence: "MIT",
  async read(source) {
    const entries = JSON.parse(await source.text("umbrellas.json")) as Entry[];
    return { items: entries.map(({ photos, captions }) => ({ images: photos.map(source.image), captions })) };
  },
});
