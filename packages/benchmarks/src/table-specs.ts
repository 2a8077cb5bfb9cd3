import type { TableSpec } from "./table.js";
import { demoTable } from "./tables/demo.js";
import { mosaiclipTable1 } from "./tables/mosaiclip-1.js";

/** Every table that this package knows, by the name that `bench table` takes. */
export const tableSpecs: readonly TableSpec[] = [demoTable, mosaiclipTable1];
