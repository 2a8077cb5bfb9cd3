/** A string, or a whole number too long for a JavaScript number to hold exactly. */
const stringOrLongInteger = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/**
 * JSON's value, or the parser's complaint in one line. Whole numbers of 16 digits or more (ids beyond 2^53) become
 * texts, so that no two of them become the same number.
 */
export function parseJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    const isExact = !/\d{16}/.test(text);
    return { value: JSON.parse(isExact ? text : text.replace(stringOrLongInteger, quoted)) };
  } catch (error) {
    return { problem: (error as Error).message.replace(/\s+/g, " ") };
  }
}

function quoted(token: string): string {
  return token.startsWith('"') ? token : `"${token}"`;
}
