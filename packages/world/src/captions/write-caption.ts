import type { SceneAttribute, SceneGraph, SceneRelation, Span } from "@tesserae/scene-graph";
import type { CaptionPlan, Mention } from "./caption-plan.js";

/** A draft of an object of the graph, filled in while the caption grows. */
interface Draft {
  readonly mention: Mention;
  readonly attributes: SceneAttribute[];
  span?: Span;
  phrase?: Span;
}

/** The gold scene graph of a plan; its `caption` is the text. Ids are "o0", "o1", ... in the order of the mentions. */
export function writeCaption({ mentions, clauses, opening }: CaptionPlan): SceneGraph {
  let caption = "";
  const write = (words: string): Span => {
    if (caption !== "" && !/^[.,]/.test(words)) caption += " ";
    const start = caption.length;
    caption += words;
    return { start, end: caption.length };
  };
  const drafts = mentions.map((mention): Draft => ({ mention, attributes: [] }));
  const relations: SceneRelation[] = [];

  const writeAttributes = (draft: Draft) => {
    for (const { word } of draft.mention.attributes) draft.attributes.push({ name: word, span: write(word) });
  };
  const writeObject = (index: number) => {
    const draft = drafts[index]!;
    const { kind, attributes, predicative } = draft.mention;
    if (draft.span) {
      write(`the ${kind}`);
      return;
    }
    const first = predicative ? kind : (attributes[0]?.word ?? kind);
    const { start } = write(/^[aeiou]/.test(first) ? "an" : "a");
    if (!predicative) writeAttributes(draft);
    draft.span = write(kind);
    draft.phrase = { start, end: draft.span.end };
  };

  for (const [index, { subject, phrase, short, object }] of clauses.entries()) {
    const known = drafts[subject]!.span !== undefined;
    const bare = opening === "bare" && clauses.length === 1;
    const thereIs = opening === "there is" && !known;
    if (thereIs) write("there is");
    writeObject(subject);
    const copula = !bare && !thereIs;
    if (copula) write("is");
    const span = write(copula && short ? phrase.predicate : phrase.text);
    writeObject(object);
    relations.push({ subject: `o${subject}`, predicate: phrase.predicate, object: `o${object}`, span });
    if (!bare || index < clauses.length - 1) write(".");
  }
  if (clauses.length === 0) {
    if (opening === "there is") write("there is");
    for (const index of mentions.keys()) {
      if (index > 0) write("and");
      writeObject(index);
    }
    if (opening === "there is") write(".");
  }
  for (const draft of drafts.filter(({ mention }) => mention.predicative)) {
    if (!caption.endsWith(".")) write(".");
    write(`the ${draft.mention.kind} is`);
    for (const [index, { word }] of draft.mention.attributes.entries()) {
      if (index > 0) write("and");
      draft.attributes.push({ name: word, span: write(word) });
    }
    write(".");
  }
  const objects = drafts.map(({ mention, attributes, span, phrase }, index) => ({
    id: `o${index}`,
    name: mention.kind,
    attributes,
    span: span!,
    phrase: phrase!,
  }));
  return { caption, objects, relations, diagnostics: [] };
}
