import { isNegative, normaliseCaption } from "@tesserae/negatives";
import type { SceneGraph } from "@tesserae/scene-graph";

/** A text of a batch; with the graph of what it says, where it is known. */
export interface KnownText {
  readonly text: string;
  readonly graph?: SceneGraph | undefined;
}

/**
 * Which texts are true of which images, as far as the captions tell: MosaiCLIP's P(i), the texts k of the batch with g_k ⊆ G_i
 * (Singh et al. 2023, section 3.5; papers.md 1a). A text is true of an image if it equals its caption (but for case, spaces,
 * punctuation and articles), or if its graph, where it has objects, follows from the caption's.
 *
 * @returns [images, texts], row-major: 1 for true
 */
export function positiveMask(texts: readonly KnownText[], captions: readonly SceneGraph[]): Uint8Array {
  const mask = new Uint8Array(captions.length * texts.length);
  const withCaption = new Map<string, number[]>();
  for (const [i, { caption }] of captions.entries()) {
    const plain = normaliseCaption(caption);
    withCaption.set(plain, [...(withCaption.get(plain) ?? []), i]);
  }
  const withObject = imagesByObject(captions);
  for (const [k, { text, graph }] of texts.entries()) {
    for (const i of withCaption.get(normaliseCaption(text)) ?? []) mask[i * texts.length + k] = 1;
    if (graph === undefined || graph.objects.length === 0) continue;
    // Most texts name something that most captions lack, which is told by the name alone.
    const [first, ...others] = [...new Set(graph.objects.map(({ name }) => name))].map(withObject);
    for (const i of first!) {
      if (!others.every((images) => images.has(i))) continue;
      if (!isNegative({ caption: text, graph }, captions[i]!)) mask[i * texts.length + k] = 1;
    }
  }
  return mask;
}

/** The images whose caption speaks of an object, each name looked up once. */
function imagesByObject(captions: readonly SceneGraph[]): (name: string) => ReadonlySet<number> {
  const known = new Map<string, ReadonlySet<number>>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const object = { id: "object", name, attributes: [], span: { start: 0, end: 0 } };
    const graph = { caption: "", objects: [object], relations: [], diagnostics: [] };
    const speaks = (index: number) => !isNegative({ caption: "", graph }, captions[index]!);
    const images = new Set([...captions.keys()].filter(speaks));
    known.set(name, images);
    return images;
  };
}
