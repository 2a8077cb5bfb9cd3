/** SVLC's word lists; the words of a list exclude one another. Own lists of ordinary words: the released ones are longer. */
export const svlcLists = {
  colour: ["red", "green", "blue", "yellow", "orange", "purple", "pink", "brown", "black", "white", "gray"],
  material: ["wooden", "metal", "plastic", "glass", "stone", "brick", "leather", "paper", "concrete", "ceramic"],
  size: ["small", "large"],
  state: [
    ["open", "closed"],
    ["wet", "dry"],
    ["clean", "dirty"],
    ["empty", "full"],
    ["old", "young"],
    ["old", "new"],
    ["cooked", "raw"],
    ["broken", "intact"],
    ["folded", "unfolded"],
    ["painted", "unpainted"],
    ["peeled", "unpeeled"],
  ],
  action: [
    ["ride", "hold", "eat", "throw", "kick", "push", "pull", "wash", "climb", "paint", "drink"],
    ["sit", "stand", "walk", "run", "lie", "jump", "sleep", "swim", "fly"],
  ],
  count: ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
} as const;
