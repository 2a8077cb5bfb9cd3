import { words } from "./words.js";

// Adverbs, and those that belong to the adjective behind them. General English only: no list is taken from a data set.

export const adverbs = words(
  "very really quite just only also too still almost already again together apart alone away here now then there maybe perhaps even ever away quickly slowly partly partially mostly nearly completely slightly extremely well yet currently directly closely nicely neatly both else somewhere nearby outdoors indoors upside backwards forward forwards sideways soon later faster slower overhead upright ahead back apart",
);

/** Adverbs that make one attribute with the adjective after them: "partly cloudy", "dark green". */
export const degreeWords = words(
  "very partly partially mostly really quite extremely slightly too so light dark bright pale deep",
);

/** Those of them that are adjectives when they stand alone: "light blue", "a light room". */
export const colourShades = words("light dark bright pale deep");
