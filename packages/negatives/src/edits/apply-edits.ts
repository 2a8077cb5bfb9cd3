import type { Span } from "@tesserae/scene-graph";
import type { Edit } from "../contract/negative.js";
import type { RejectReason } from "../contract/negative-miner.js";
import { indefiniteArticle } from "../grammar/inflect.js";
import { movedText, startsSentence } from "./moved-text.js";

/** The edited text, with the edits that a plain replacement needs to give it. */
export interface EditedCaption<E extends Edit = Edit> {
  readonly caption: string;
  readonly edits: readonly (E | Edit)[];
}

export interface ApplyEditsOptions {
  /** Whether "a" and "an" are made to agree. Default true; a shuffle of words wants false. */
  readonly articles?: boolean;
}

/**
 * Edits a caption. The one place of this package where text is changed. Beyond replacing the spans it keeps the language whole:
 * an "a" or "an" before an edit agrees with the word that now follows (that is an edit of its own in the result), a caption in capitals stays in capitals,
 * and a text put where a sentence starts takes over the capital.
 *
 * @throws RangeError for edits that overlap, lie outside the caption or cut through a word.
 */
export function applyEdits<E extends Edit>(
  caption: string,
  edits: readonly E[],
  options: ApplyEditsOptions = {},
): EditedCaption<E> {
  const problem = editProblem(caption, edits);
  if (problem !== undefined) {
    const spans = edits.map(({ span }) => `${span.start}-${span.end}`).join(", ");
    throw new RangeError(`cannot edit "${caption}" at ${spans}: ${problem}; give spans of whole words, one edit each`);
  }
  return applySoundEdits(caption, edits, options);
}

/** `applyEdits` for edits in which `editProblem` has found nothing. */
export function applySoundEdits<E extends Edit>(
  caption: string,
  edits: readonly E[],
  { articles = true }: ApplyEditsOptions = {},
): EditedCaption<E> {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const capitalised = sorted.map((edit) => withCapital(caption, edit));
  const complete: (E | Edit)[] = [];
  capitalised.forEach((edit, i) => {
    const article = articles && articleEdit(caption, edit, capitalised[i - 1]);
    if (article) complete.push(article);
    complete.push(edit);
  });
  if (isShouted(caption)) {
    const shouted = complete.map((edit) => ({ ...edit, text: edit.text.toUpperCase() }));
    return { caption: replaceSpans(caption, shouted), edits: shouted };
  }
  return { caption: replaceSpans(caption, complete), edits: complete };
}

/** Whether a caption is written in capitals throughout. */
const isShouted = (caption: string) =>
  !hasPlainLetter(caption) && !/\p{Ll}/u.test(caption) && /\p{Lu}{2}.*\p{Lu}{2}/u.test(caption);

/** Whether a letter from "a" to "z" stands in the text: told without a regular expression, since nearly every caption begins with some. */
function hasPlainLetter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) return true;
  }
  return false;
}

/** Replaces sorted spans as they stand, without any care for the language. */
export function replaceSpans(caption: string, edits: readonly Edit[]): string {
  let text = "";
  let end = 0;
  for (const edit of edits) {
    text += caption.slice(end, edit.span.start) + edit.text;
    end = edit.span.end;
  }
  return text + caption.slice(end);
}

/** Two edits that exchange the texts of two spans. A capital that only marks the start of a sentence is not moved along. */
export function swapEdits(caption: string, a: Span, b: Span): readonly [Edit & { from: Span }, Edit & { from: Span }] {
  return [
    { span: a, text: movedText(caption, b), from: b },
    { span: b, text: movedText(caption, a), from: a },
  ];
}

/** What is wrong with the edits, or undefined. */
export function editProblem(caption: string, edits: readonly Edit[]): RejectReason | undefined {
  const spans = edits.map(({ span }) => span);
  if (spans.length > 1) spans.sort((a, b) => a.start - b.start || a.end - b.end);
  let end = 0;
  for (const span of spans) {
    if (span.start < end || span.end < span.start || span.end > caption.length) return "overlapping edits";
    if (cutsWord(caption, span.start) || cutsWord(caption, span.end)) return "not at a word boundary";
    end = span.end;
  }
  return undefined;
}

const wordCharacter = /[\p{L}\p{N}_-]/u;

function cutsWord(caption: string, offset: number): boolean {
  return (
    offset > 0 &&
    offset < caption.length &&
    caption[offset - 1] !== " " &&
    caption[offset] !== " " &&
    wordCharacter.test(caption[offset - 1]!) &&
    wordCharacter.test(caption[offset]!)
  );
}

function withCapital<E extends Edit>(caption: string, edit: E): E {
  const first = caption.charAt(edit.span.start);
  const wasCapital = first !== first.toLowerCase();
  if (!wasCapital || !startsSentence(caption, edit.span.start)) return edit;
  return { ...edit, text: edit.text.charAt(0).toUpperCase() + edit.text.slice(1) };
}

function articleEdit(caption: string, edit: Edit, previous: Edit | undefined): Edit | undefined {
  // Most edits stand behind no article, and a regular expression takes longer than this to see it.
  if (edit.text === "" || !"aAnN ".includes(caption.charAt(edit.span.start - 2))) return undefined;
  const before = /(?:^|[^\p{L}\p{N}])(an?)\s+$/iu.exec(
    caption.slice(Math.max(0, edit.span.start - 5), edit.span.start),
  );
  if (!before) return undefined;
  const written = before[1]!;
  const end = edit.span.start - (before[0].length - before[0].indexOf(written) - written.length);
  const start = end - written.length;
  if (previous && previous.span.end > start) return undefined;
  const article = indefiniteArticle(edit.text);
  if (article === written.toLowerCase()) return undefined;
  return { span: { start, end }, text: written[0] === "A" ? article.replace("a", "A") : article };
}
