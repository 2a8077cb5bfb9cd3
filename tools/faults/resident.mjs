// Runs command lines one after the other in one process, since to start one takes longer than a small run: a line of JSON on standard
// input is one, its program first. What it prints goes to standard output, and then its exit code between two zero characters.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

process.stdout.setMaxListeners(0);
process.stderr.write = process.stdout.write.bind(process.stdout);
let count = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const [program, ...args] = JSON.parse(line);
  process.argv = [process.execPath, program, ...args];
  process.exitCode = 0;
  await import(`${pathToFileURL(program)}?${count++}`); // only the file itself is run again; what it imports stays loaded
  process.stdout.write(`\0${process.exitCode}\0`);
}
process.exitCode = 0;
