// `perf gpu` alone, for scripts/pack-gpu-run.mjs: everything it needs fits into one folder.
import { machine, standardOutput, textTable } from "@tesserae/shared";
import { gpu } from "./cases/gpu.js";

const [python = "python3", rounds = "10"] = process.argv.slice(2);
const output = standardOutput();
const { header, rows, notes } = await gpu.measure({ rounds: Number(rounds), threads: 2, python }, output);
output.print(`${textTable(header, rows)}\n\n${notes.join("\n")}\n${machine()}`);
