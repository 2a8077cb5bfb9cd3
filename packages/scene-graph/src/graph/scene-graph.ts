/** UTF-16 offsets into a caption: `caption.slice(start, end)` is the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A property that the caption states of an object: an adjective, a participle, a material. */
export interface SceneAttribute {
  readonly name: string;
  readonly span: Span;
}

/** Something that the caption mentions. Two mentions stay two objects unless the text says that they are one. */
export interface SceneObject {
  /** Unique in its graph: "o1", "o2", … in the order of the caption. */
  readonly id: string;
  /** The head in the singular with its compound: "tennis ball". Lower case. */
  readonly name: string;
  readonly attributes: readonly SceneAttribute[];
  /** The number or quantity word in front: "two", "several". */
  readonly quantity?: string;
  /** The head and its compound, without determiner and adjectives. */
  readonly span: Span;
  /** The whole noun phrase with determiner and pre-modifiers: "a small red dog". */
  readonly phrase?: Span;
}

/** A directed relation between two objects of the graph, given by their ids. */
export interface SceneRelation {
  readonly subject: string;
  /** Lemmatised: "sit in", "left of", "in front of", "of" (part, subject, of the whole, object). */
  readonly predicate: string;
  readonly object: string;
  /** The predicate's words in the caption, from the first to the last. */
  readonly span: Span;
}

/** Something that the parser saw and did not put into the graph, with the reason. */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly span: Span;
}

/** What a caption says, as plain JSON. */
export interface SceneGraph {
  readonly caption: string;
  readonly objects: readonly SceneObject[];
  readonly relations: readonly SceneRelation[];
  readonly diagnostics: readonly Diagnostic[];
}
