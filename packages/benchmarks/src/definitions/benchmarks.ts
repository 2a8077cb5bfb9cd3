import type { BenchmarkDefinition } from "../benchmark/benchmark-definition.js";
import { aro } from "./aro.js";
import { cola } from "./cola.js";
import { colorswap } from "./colorswap.js";
import { crepe } from "./crepe.js";
import { linearProbe } from "./linear-probe.js";
import { retrievalSets } from "./retrieval.js";
import { sugarcrepe } from "./sugarcrepe.js";
import { sugarcrepePp } from "./sugarcrepe-pp.js";
import { svoProbes } from "./svo-probes.js";
import { valse } from "./valse.js";
import { vlChecklist } from "./vl-checklist.js";
import { vsr } from "./vsr.js";
import { whatsup } from "./whatsup.js";
import { winoground } from "./winoground.js";
import { zeroShot } from "./zero-shot.js";

/** Every published benchmark that is defined here. */
export const benchmarks: readonly BenchmarkDefinition[] = [
  ...aro,
  cola,
  colorswap,
  ...crepe,
  ...linearProbe,
  ...retrievalSets,
  ...sugarcrepe,
  ...sugarcrepePp,
  ...svoProbes,
  ...valse,
  ...vlChecklist,
  vsr,
  ...whatsup,
  winoground,
  ...zeroShot,
] as readonly BenchmarkDefinition[];
