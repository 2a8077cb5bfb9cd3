import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A process that takes training steps on request. */
export interface StepProcess<Report> {
  /** What the process said it runs on. */
  readonly version: string;
  /** A file of merges, where the process has one and said so. */
  readonly merges?: string;
  /** Takes one step. */
  step(): Promise<Report>;
  /** Ends the process. */
  stop(): void;
}

/**
 * Starts a process that reads `request` as its first line, answers with `{ version }`, and then answers every line with a report.
 *
 * @throws Error with what the process wrote to standard error, its message if it is an error of Node or Python, when it ends before it has answered
 */
export async function startStepProcess<Report>(
  command: string,
  commandArguments: readonly string[],
  request: object,
): Promise<StepProcess<Report>> {
  const child = spawn(command, commandArguments, { stdio: ["pipe", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  child.stdin.on("error", () => {}); // the process has ended; what it said comes with the missing answer
  const failed = new Promise<Error>((resolve) => child.on("error", resolve));
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async <Answer>(line: string): Promise<Answer> => {
    child.stdin.write(`${line}\n`);
    const answer = await Promise.race([answers.next(), failed]);
    if (answer instanceof Error) throw answer;
    if (answer.done) throw new Error(lastError(errors) ?? `${command} ended without an answer`);
    return JSON.parse(answer.value) as Answer;
  };
  const said = await ask<{ version: string; merges?: string }>(JSON.stringify(request));
  return { ...said, step: () => ask<Report>(""), stop: () => void child.stdin.end() };
}

/** The line of an uncaught error in Node or Python, else the last line. */
function lastError(text: string): string | undefined {
  const lines = text.trim().split("\n");
  return lines.find((line) => /^\w*Error: /.test(line)) ?? (lines.at(-1) || undefined);
}
