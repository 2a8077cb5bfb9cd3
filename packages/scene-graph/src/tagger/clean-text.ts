/** Stands for what an entity's other characters were, so that every place of the cleaned text is that of the caption. Part of a word, and dropped from it. */
export const padding = "\uE000";

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  "#39": "'",
  "#x27": "'",
  rsquo: "'",
  lsquo: "'",
  quot: '"',
  "#34": '"',
  ldquo: '"',
  rdquo: '"',
  lt: " ",
  gt: " ",
  nbsp: " ",
  "#160": " ",
  hellip: "…",
  mdash: "—",
  ndash: "–",
};

const blank = (text: string): string => " ".repeat(text.length);

/** A caption without HTML tags, with entities decoded, and without emoticons and hashtags; as long as the caption. */
export function cleanText(caption: string): string {
  if (!/[<&#:;=]/.test(caption)) return caption;
  return caption
    .replaceAll(/<\/?[a-z][^<>]*>/gi, blank)
    .replaceAll(/&([a-z]+|#\d+|#x[\da-f]+);/gi, (entity, name: string) => {
      const decoded = Object.hasOwn(entities, name.toLowerCase()) ? entities[name.toLowerCase()] : undefined;
      return decoded === undefined
        ? blank(entity)
        : decoded + (decoded === "'" ? padding : " ").repeat(entity.length - 1);
    })
    .replaceAll(/(?<=^|\s)[:;=8][-'o]?[)(DPpO3\]\\/|*](?=\s|[.!?]|$)/g, blank)
    .replaceAll(/(?<=^|\s)#\p{L}[\p{L}\p{N}_]*/gu, blank);
}
