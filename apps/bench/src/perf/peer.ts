import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { BenchError } from "../bench-error.js";

/** A program in another language that does the same work. */
export interface Peer {
  /** Does the work once. @throws {BenchError} When the program has ended. */
  run(): Promise<void>;
  close(): void;
}

/**
 * Starts a program that reads one line of JSON, the work, and then does it once for each further line, answering with a line.
 *
 * @param command Such as `python tools/oracles/text_tower_speed.py`; split at spaces.
 */
export function openPeer(command: string, work: unknown): Peer {
  const [program, ...args] = command.split(" ");
  const child = spawn(program!, args, { stdio: ["pipe", "pipe", "inherit"] });
  const failed = new Promise<never>((_, reject) => {
    child.once("error", (cause) => reject(new BenchError(`${command}: cannot be started: ${cause.message}`)));
    child.once("exit", (code) => reject(new BenchError(`${command}: ended with exit code ${code} before its work`)));
  });
  failed.catch(() => {}); // told by `run`
  child.stdin.on("error", () => {}); // the exit says more
  const answers = createInterface({ input: child.stdout });
  child.stdin.write(`${JSON.stringify(work)}\n`);
  return {
    run: async () => {
      child.stdin.write("run\n");
      await Promise.race([once(answers, "line"), failed]);
    },
    close: () => child.stdin.end(),
  };
}
