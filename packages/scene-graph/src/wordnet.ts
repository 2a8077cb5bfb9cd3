export { readWordnetFile, readWordnetIndex, wordnetSynonyms } from "./metrics/wordnet.js";
