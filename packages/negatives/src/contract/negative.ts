import type { SceneGraph, Span } from "@tesserae/scene-graph";

/** One replacement of text: the characters of `span` become `text`. An empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A caption that says what its source caption does not (see `isNegative`), with where it came from. */
export interface Negative {
  readonly caption: string;
  /** The rule that made it: "swap-nouns", "relation-replace-object", … */
  readonly kind: string;
  /** Replacing these spans of the source text, all at once, gives `caption`. In the order of the text, not overlapping. */
  readonly edits: readonly Edit[];
  /** What `caption` says; its spans point into `caption`. */
  readonly graph: SceneGraph;
  /** The text that `edits` refer to, where that is not the caption of the mined graph: MosaiCLIP edits the text of a sub-graph. */
  readonly source?: string;
}
