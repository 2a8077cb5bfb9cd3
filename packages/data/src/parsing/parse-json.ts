/** The texts and numbers of JSON. */
const textOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** A whole number too long for a JavaScript number to hold exactly. */
const longInteger = /^-?\d{16,}$/;

/**
 * JSON's value, or the parser's complaint in one line. Whole numbers of 16 digits or more (ids beyond 2^53) become texts,
 * so that no two of them become the same number.
 */
export function parseJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    const quoted = (token: string) => (longInteger.test(token) ? `"${token}"` : token);
    return { value: JSON.parse(/\d{16}/.test(text) ? text.replace(textOrNumber, quoted) : text) };
  } catch (error) {
    return { problem: (error as Error).message.replace(/\s+/g, " ") };
  }
}
