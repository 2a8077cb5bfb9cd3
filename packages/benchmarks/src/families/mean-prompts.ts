import type { Similarity } from "../benchmark/similarity.js";

/** Something that texts stand for, such as a class or an attribute. */
export interface Prompted {
  readonly name: string;
  readonly prompts: readonly string[];
}

/** The mean of each one's texts' vectors, normalised again (CLIP_benchmark, ELEVATER, ViLLA). */
export async function meanPrompts(all: readonly Prompted[], similarity: Similarity): Promise<readonly Float32Array[]> {
  await similarity.captions(all.flatMap(({ prompts }) => prompts));
  const vectors: Float32Array[] = [];
  for (const { prompts } of all) {
    const texts = await similarity.captions(prompts);
    const sum = texts[0]!.map((_, place) => texts.reduce((total, text) => total + text[place]!, 0));
    const norm = Math.hypot(...sum);
    vectors.push(sum.map((value) => value / norm));
  }
  return vectors;
}
