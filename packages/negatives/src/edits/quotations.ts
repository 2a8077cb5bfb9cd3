import type { Span } from "@tesserae/scene-graph";

/** Where a caption quotes: from each opening mark to its closing one. An apostrophe inside a word is none. */
export function quotations(caption: string): readonly Span[] {
  const found: Span[] = [];
  for (const match of caption.matchAll(/"[^"]*"|“[^”]*”|«[^»]*»|(?<![\p{L}\p{N}])['‘][^'’]*['’](?![\p{L}\p{N}])/gu)) {
    found.push({ start: match.index, end: match.index + match[0].length });
  }
  return found;
}
