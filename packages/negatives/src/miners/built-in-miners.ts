import type { NegativeMiner } from "../contract/negative-miner.js";
import type { Vocabulary } from "../vocabulary/build-vocabulary.js";
import { aroOrder } from "./aro-order.js";
import { crepe } from "./crepe/crepe.js";
import { mosaiclip } from "./mosaiclip/mosaiclip.js";
import { negclip } from "./negclip.js";
import { ngramShuffle } from "./ngram-shuffle.js";
import { structureClip } from "./structure-clip.js";
import { sugarcrepe } from "./sugarcrepe.js";
import { svlc } from "./svlc/svlc.js";

/** The miners that need nothing but captions, with their defaults, by the names that command lines take. */
export const builtInMiners: Readonly<Record<string, (vocabulary: Vocabulary) => NegativeMiner>> = {
  "aro-order": () => aroOrder(),
  crepe: (vocabulary) => crepe({ vocabulary }),
  mosaiclip: (vocabulary) => mosaiclip({ vocabulary }),
  negclip: () => negclip(),
  "ngram-shuffle": () => ngramShuffle(),
  "structure-clip": () => structureClip(),
  sugarcrepe: (vocabulary) => sugarcrepe({ vocabulary }),
  svlc: () => svlc(),
};
