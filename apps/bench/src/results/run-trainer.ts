import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { appFolder } from "../app-folder.js";
import { BenchError } from "../bench-error.js";

/**
 * Ends the trainer, as by a signal, when this program is gone however it ended: a run is never left behind. Its
 * threads load this too, and have no channel. (No "?" may stand in it: an address ends there.)
 */
const endWithParent =
  "data:text/javascript,process.on('disconnect',()=>process.kill(process.pid,'SIGTERM'));if(process.channel)process.channel.unref()";

/** Runs the training app with these arguments. @throws BenchError when it is not installed beside this one, or fails */
export function runTrainer(args: readonly string[]): Promise<void> {
  const cli = trainer();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", endWithParent, cli, ...args], {
      stdio: ["inherit", "inherit", "inherit", "ipc"],
    });
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    const signals = ["SIGINT", "SIGTERM"] as const;
    for (const signal of signals) process.on(signal, forward);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      for (const name of signals) process.off(name, forward);
      if (code === 0) resolve();
      else {
        const end = signal === null ? `exit code ${code}; the lines above say why` : `signal ${signal}`;
        reject(new BenchError(`train ${args.join(" ")}: ended with ${end}. The same command goes on from there`));
      }
    });
  });
}

/** The training app's program: beside this app in the repository, or installed. */
function trainer(): string {
  const beside = fileURLToPath(new URL("../train/dist/cli.js", appFolder));
  if (existsSync(beside)) return beside;
  const installed = join(process.cwd(), "node_modules", "@tesserae", "train", "dist", "cli.js");
  if (existsSync(installed)) return installed;
  throw new BenchError(
    "--world trains with @tesserae/train, which is not there: npm install @tesserae/train (in the repository: pnpm build)",
  );
}
