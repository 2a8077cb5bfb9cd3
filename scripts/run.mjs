// Child processes of the scripts: one way to start them, and none survives its parent.
import { spawn } from "node:child_process";
import { constants } from "node:os";

const children = new Set();
let stopping = false;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    stopping = true;
    process.exitCode = 128 + constants.signals[signal];
    for (const child of children) child.kill(signal);
    if (children.size === 0) process.exit();
  });
}

process.on("exit", () => {
  for (const child of children) child.kill();
});

/** True once the user (or the system) has asked this script to stop. */
export function isStopping() {
  return stopping;
}

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, capture?: boolean, onLine?: (line: string) => void }} [options]
 *   `capture` keeps the output instead of showing it; `onLine` receives each line of standard output instead.
 * @returns {Promise<{ code: number, output: string }>} `code` is 127 when the program does not exist.
 */
export function run(command, args, { env = process.env, cwd, capture = false, onLine } = {}) {
  return new Promise((resolve) => {
    const piped = capture || onLine !== undefined;
    // npm's and pnpm's launchers are .cmd files on Windows, which only a shell can start.
    const shell = process.platform === "win32" && !command.endsWith(".exe");
    const child = spawn(shell ? quote(command) : command, shell ? args.map(quote) : args, {
      cwd,
      env,
      shell,
      stdio: ["ignore", piped ? "pipe" : "inherit", piped ? "pipe" : "inherit"],
    });
    children.add(child);
    let output = "";
    let rest = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      if (onLine === undefined) {
        output += text;
        return;
      }
      const lines = (rest + text).split("\n");
      rest = lines.pop();
      for (const line of lines) onLine(line);
    });
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    const end = (code, message = "") => {
      if (!children.delete(child)) return;
      if (rest !== "") onLine(rest);
      if (stopping && children.size === 0) process.exit();
      resolve({ code, output: output + message });
    };
    child.on("error", (error) => end(127, error.message));
    child.on("close", (code) => end(code ?? 1));
  });
}

function quote(argument) {
  return /^[\w@%+=:,./\\-]+$/.test(argument) ? argument : `"${argument.replaceAll('"', '""')}"`;
}
