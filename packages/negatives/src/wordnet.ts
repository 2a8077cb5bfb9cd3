export { openWordnet } from "./vocabulary/open-wordnet.js";
