import type { TableSpec } from "../table/table-spec.js";
import { demoTable } from "./demo.js";
import { demoEqualSeconds } from "./demo-equal-seconds.js";
import { demoFull } from "./demo-full.js";
import { mosaiclipTable1 } from "./mosaiclip/table-1.js";
import { mosaiclipTable2 } from "./mosaiclip/table-2.js";
import { mosaiclipTable3 } from "./mosaiclip/table-3.js";
import { mosaiclipTable4 } from "./mosaiclip/table-4.js";
import { mosaiclipTable5 } from "./mosaiclip/table-5.js";
import { mosaiclipTable7 } from "./mosaiclip/table-7.js";
import { mosaiclipTable8 } from "./mosaiclip/table-8.js";
import { mosaiclipTable9 } from "./mosaiclip/table-9.js";
import { mosaiclipTable10 } from "./mosaiclip/table-10.js";
import { mosaiclipTable12 } from "./mosaiclip/table-12.js";
import { mosaiclipTable14 } from "./mosaiclip/table-14.js";
import { mosaiclipTable15 } from "./mosaiclip/table-15.js";
import { mosaiclipTable17 } from "./mosaiclip/table-17.js";
import { mosaiclipTable19 } from "./mosaiclip/table-19.js";
import { mosaiclipTable21 } from "./mosaiclip/table-21.js";
import { mosaiclipTable22 } from "./mosaiclip/table-22.js";
import { negclipMain } from "./negclip-main.js";
import { semanticGuidanceAblation } from "./semantic-guidance-ablation.js";
import { semanticGuidanceMain } from "./semantic-guidance-main.js";
import { structureClipAblation } from "./structure-clip-ablation.js";
import { structureClipMain } from "./structure-clip-main.js";
import { villaComplexity } from "./villa-complexity.js";
import { villaDetection } from "./villa-detection.js";
import { villaRetrieval } from "./villa-retrieval.js";

/** Every table that `bench table` knows by name. */
export const tables: readonly TableSpec[] = [
  demoTable,
  demoEqualSeconds,
  demoFull,
  mosaiclipTable1,
  mosaiclipTable2,
  mosaiclipTable3,
  mosaiclipTable4,
  mosaiclipTable5,
  mosaiclipTable7,
  mosaiclipTable8,
  mosaiclipTable9,
  mosaiclipTable10,
  mosaiclipTable12,
  mosaiclipTable14,
  mosaiclipTable15,
  mosaiclipTable17,
  mosaiclipTable19,
  mosaiclipTable21,
  mosaiclipTable22,
  structureClipMain,
  structureClipAblation,
  villaComplexity,
  villaRetrieval,
  villaDetection,
  semanticGuidanceMain,
  semanticGuidanceAblation,
  negclipMain,
];
