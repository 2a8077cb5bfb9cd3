import type { SceneGraph } from "@tesserae/scene-graph";

const articles = new Set(["a", "an", "the"]);
const longestArticle = 3;
const blank = " ".charCodeAt(0);

/**
 * The caption without what does not change its meaning: case, punctuation, articles and the number of spaces.
 * Written as a loop because mining calls it for every candidate, and a regular expression takes twice the time.
 */
export function normaliseCaption(caption: string): string {
  if (caption !== last.caption) last = { caption, normalised: normalise(caption) };
  return last.normalised;
}

/** The last answer: a miner asks for the same text two or three times in a row. */
let last = { caption: "", normalised: "" };

const known = new WeakMap<SceneGraph, string>();

/** The normalised caption of a graph, made once for a graph. */
export function normalisedCaption(graph: SceneGraph): string {
  let text = known.get(graph);
  if (text === undefined) {
    text = normaliseCaption(graph.caption);
    known.set(graph, text);
  }
  return text;
}

function normalise(caption: string): string {
  const text = caption.toLowerCase();
  let normalised = "";
  let start = -1;
  let run = -1; // where the words begin that are taken over as they stand, with one blank between them
  let end = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && isWordCharacter(text, at)) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      const isArticle = at - start <= longestArticle && articles.has(text.slice(start, at));
      const goesOn = run >= 0 && start === end + 1 && text.charCodeAt(end) === blank;
      if (run >= 0 && (isArticle || !goesOn)) {
        normalised += (normalised === "" ? "" : " ") + text.slice(run, end);
        run = -1;
      }
      if (!isArticle) {
        if (run < 0) run = start;
        end = at;
      }
      start = -1;
    }
  }
  return run < 0 ? normalised : normalised + (normalised === "" ? "" : " ") + text.slice(run, end);
}

function isWordCharacter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  return /[\p{L}\p{N}\p{M}\p{Cs}]/u.test(text[at]!);
}
