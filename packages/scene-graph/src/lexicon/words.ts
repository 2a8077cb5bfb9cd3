/** A set of the words of a text, for lists that are easier to read without quotes. */
export const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));
