/** Longer captions are not parsed: parsing time and the number of sub-graphs grow with them, and no text tower reads so far. */
const maxCharacters = 10_000;

/** A caption as it is parsed, and what had to be done to it; or why it cannot be used. */
export type CleanCaption = { readonly caption: string; readonly repair?: string } | { readonly problem: string };

/** Replaces control characters by spaces; refuses captions that are too long or not UTF-8. */
export function cleanCaption(caption: string): CleanCaption {
  if (caption.length > maxCharacters) {
    return { problem: `a caption of ${caption.length} characters; at most ${maxCharacters} are parsed` };
  }
  if (caption.includes("\uFFFD")) return { problem: "holds bytes that are not UTF-8; save the file as UTF-8" };
  const cleaned = caption.replace(/[\p{Cc}\p{Zl}\p{Zp}\uFEFF]+/gu, " ").trim();
  if (cleaned === caption) return { caption };
  if (cleaned === "") return { problem: "nothing but control characters" };
  return { caption: cleaned, repair: "control characters replaced by spaces" };
}
