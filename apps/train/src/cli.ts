#!/usr/bin/env node
import { createProgram } from "./program.js";

const program = createProgram();
program.parseAsync().catch((error: unknown) => {
  const { debug } = program.opts<{ debug?: boolean }>();
  const text = error instanceof Error ? (debug && error.stack) || error.message : String(error);
  process.stderr.write(`error: ${text}\n`);
  process.exitCode = 1;
});
