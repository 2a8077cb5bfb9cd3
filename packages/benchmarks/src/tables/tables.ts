import type { TableSpec } from "../table/table-spec.js";
import { demoTable } from "./demo.js";
import { mosaiclipTable1 } from "./mosaiclip-1.js";

/** Every table that `bench table` knows by name. */
export const tables: readonly TableSpec[] = [demoTable, mosaiclipTable1];
