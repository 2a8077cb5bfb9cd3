import { type RetrievalDirection, regionRetrieval } from "@tesserae/benchmarks/detection";
import type { Clip, Tokenizer } from "@tesserae/models";
import { embedAllRegions, embedAttributes } from "./embed-regions.js";
import type { PixelStore } from "./pixel-store.js";
import type { RegionData } from "./region-sample.js";

/** Retrieval between all regions of a split and all attributes. */
export async function evaluateRegions(
  { clip, tokenizer }: { readonly clip: Clip; readonly tokenizer: Tokenizer },
  data: RegionData,
  store: PixelStore,
): Promise<{ readonly regionToText: RetrievalDirection; readonly textToRegion: RetrievalDirection }> {
  const regions = (await embedAllRegions(clip, data.samples, store)).flat();
  const attributes = embedAttributes(clip, tokenizer, data.attributes, data.prompts);
  const values = (await attributes.data()) as Float32Array;
  const size = attributes.shape[1];
  attributes.dispose();
  const column = new Map(data.attributes.map((name, index) => [name, index]));
  return regionRetrieval({
    regions,
    texts: data.attributes.map((_, index) => values.slice(index * size, (index + 1) * size)),
    relevant: data.samples.flatMap(({ truth }) => truth!.map((own) => own.map((name) => column.get(name)!))),
  });
}
