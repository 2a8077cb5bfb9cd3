import { isNegative, normaliseCaption } from "@tesserae/negatives";
import { createParser, type SceneGraph } from "@tesserae/scene-graph";
import { publishedMiner } from "../definitions/compared-miners.js";

/** A published negative that is none. */
export interface BrokenNegative {
  readonly caption: string;
  readonly negative: string;
  readonly why: "same text" | "follows from the caption";
}

/** What `negclip()` can make of the negatives that NegCLIP's authors published, and which of theirs break the guarantee. */
export interface PublishedComparison {
  /** Rows with at least one published negative. */
  readonly rows: number;
  readonly rowsAllMade: number;
  readonly rowsSomeMade: number;
  readonly rowsBroken: number;
  readonly negatives: number;
  readonly made: number;
  readonly broken: readonly BrokenNegative[];
  /** Published, unbroken and not among ours. */
  readonly missed: readonly { readonly caption: string; readonly negative: string }[];
}

/**
 * Compares published negatives with all that `negclip()` finds when it may find any number, after normalisation (case, spaces, punctuation, articles).
 * A published negative breaks the guarantee when it is the same text, or when its own parse follows from that of the caption.
 */
export async function comparePublished(
  graphs: readonly SceneGraph[],
  published: readonly (readonly string[])[],
): Promise<PublishedComparison> {
  const parse = createParser();
  const ours = await publishedMiner().mine(graphs, { rng: () => 0 });
  const rows = graphs.flatMap((graph, i) => {
    const made = new Set(ours[i]!.map(({ caption }) => normaliseCaption(caption)));
    const theirs = published[i]!.map((negative) => ({
      caption: graph.caption,
      negative,
      isMade: made.has(normaliseCaption(negative)),
      isBroken: !isNegative({ caption: negative, graph: parse(negative) }, graph),
    }));
    return theirs.length > 0 ? [theirs] : [];
  });
  const all = rows.flat();
  return {
    rows: rows.length,
    rowsAllMade: rows.filter((row) => row.every(({ isMade }) => isMade)).length,
    rowsSomeMade: rows.filter((row) => row.some(({ isMade }) => isMade)).length,
    rowsBroken: rows.filter((row) => row.some(({ isBroken }) => isBroken)).length,
    negatives: all.length,
    made: all.filter(({ isMade }) => isMade).length,
    broken: all
      .filter(({ isBroken }) => isBroken)
      .map(({ caption, negative }) => ({
        caption,
        negative,
        why: normaliseCaption(caption) === normaliseCaption(negative) ? "same text" : "follows from the caption",
      })),
    missed: all
      .filter(({ isMade, isBroken }) => !isMade && !isBroken)
      .map(({ caption, negative }) => ({ caption, negative })),
  };
}
