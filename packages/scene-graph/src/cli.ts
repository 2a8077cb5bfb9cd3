#!/usr/bin/env node
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { toFactual } from "./formats/factual.js";
import { printTree } from "./formats/print-tree.js";
import type { SceneGraph } from "./graph/scene-graph.js";
import { parseStream } from "./stream/parse-stream.js";

const usage = `Usage: tesserae-scene-graph [--json | --factual] [--workers N] [caption ...]

Prints the scene graph of each caption as a tree. Without captions, reads standard input line by line.

  --json        one JSON object a line
  --factual     FACTUAL's "( subject , predicate , object )", one caption a line
  --workers N   worker threads (default 0: none)
  --help        this text`;

/** Runs the command; returns its exit status. */
async function main(): Promise<number> {
  let parsed: ReturnType<typeof readArguments>;
  try {
    parsed = readArguments();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  const { values, positionals } = parsed;
  const workers = Number(values.workers);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (!Number.isInteger(workers) || workers < 0 || (values.json && values.factual)) {
    console.error(
      `${values.json && values.factual ? "Give --json or --factual, not both." : `--workers is "${values.workers}"; expected a whole number from 0.`}\n\n${usage}`,
    );
    return 2;
  }
  const write = (graph: SceneGraph) =>
    values.json ? JSON.stringify(graph) : values.factual ? toFactual(graph) : printTree(graph);
  const captions = positionals.length > 0 ? positionals : inputLines();
  for await (const graph of parseStream(captions, { workers })) {
    if (!process.stdout.write(`${write(graph)}\n`))
      await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
  return 0;
}

/** Lines of standard input; the reader is made when they are asked for, since one made earlier would lose them. */
async function* inputLines(): AsyncIterable<string> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
    if (line.trim() !== "") yield line;
}

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      factual: { type: "boolean", default: false },
      workers: { type: "string", default: "0" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
process.exitCode = await main();
