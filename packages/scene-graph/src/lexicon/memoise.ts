/**
 * The same function with its answers kept, since the words of captions come again and again. All are dropped once
 * there are `limit` of them, default 20,000, so that memory stays bounded.
 */
export function memoise<T>(answer: (word: string) => T, limit = 20_000): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    let found = known.get(word);
    if (found === undefined) {
      found = answer(word);
      if (known.size >= limit) known.clear();
      known.set(word, found);
    }
    return found;
  };
}
