import type { Sample } from "@tesserae/data";
import { parse, type SceneGraph } from "@tesserae/scene-graph";
import { cleanCaption } from "../prepare/clean-caption.js";
import type { PreparedTexts } from "../prepare/open-prepared.js";

/** The graph of one of a sample's captions. */
export type CaptionGraphs = (sample: Sample, caption: number) => SceneGraph | Promise<SceneGraph>;

/** Where graphs come from. */
export interface CaptionGraphsOptions {
  /** "gold": the data's own graph, where it has one; "parsed": never. */
  readonly kind: "parsed" | "gold";
  /** Graphs that `prepare` made. Default: captions are parsed here. */
  readonly prepared?: PreparedTexts | undefined;
}

/** Graphs as the flags want them: gold ones, those of a prepared folder, else those of the parser, each made once. */
export function captionGraphs({ kind, prepared }: CaptionGraphsOptions): CaptionGraphs {
  const known = new Map<string, SceneGraph>();
  return async ({ captions, graph, graphs }, index) => {
    const text = captions[index]!;
    const gold = graphs?.[index] ?? (index === 0 ? graph : undefined);
    if (kind === "gold" && gold !== undefined) return gold;
    const found = known.get(text) ?? (prepared ? (await prepared.of(text)).graph : parseClean(text));
    known.set(text, found);
    return found;
  };
}

/** The graph of a caption as `prepare` reads it: without control characters. */
function parseClean(caption: string): SceneGraph {
  const clean = cleanCaption(caption);
  return parse("problem" in clean ? caption : clean.caption);
}
