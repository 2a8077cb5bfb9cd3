import type { Command } from "commander";
import { stopBars } from "./bar.js";

/** An error that ends the process with an exit code of its own, such as 130 after Ctrl-C. */
interface WithExitCode {
  readonly exitCode?: number;
}

/**
 * The main of a command line: a mistake is told in one line with exit code 1, with `--debug` its stack too. A reader that
 * has seen enough, as in `… | head`, ends the process without a word.
 */
export async function runProgram(program: Command): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  try {
    await program.parseAsync();
  } catch (error) {
    const { debug } = program.opts<{ debug?: boolean }>();
    const text = error instanceof Error ? (debug && error.stack) || error.message : String(error);
    const { exitCode } = (error ?? {}) as WithExitCode;
    stopBars();
    process.stderr.write(exitCode === undefined ? `error: ${text}\n` : `${text}\n`);
    process.exitCode = exitCode ?? 1;
  }
}
