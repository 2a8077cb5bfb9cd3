import { parentPort } from "node:worker_threads";
import { parse } from "../parser.js";
import { encodeGraphs } from "./graph-transfer.js";
import type { ParseAnswer, ParseJob } from "./parse-job.js";

parentPort?.on("message", ({ captions }: ParseJob) => {
  const answer: ParseAnswer = { graphs: encodeGraphs(captions.map((caption) => parse(caption))) };
  parentPort?.postMessage(answer);
});
