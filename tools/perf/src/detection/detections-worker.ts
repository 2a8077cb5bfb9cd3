// A child process of `perf detections`: reads and evaluates files as `tools/oracles/detection_speed.py` does with its peers.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { evaluateDetections, parseCocoJson } from "@tesserae/benchmarks/detection";
import type { DetectionSpeed, DetectionSpeedRequest } from "./detection-speed.js";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const request = JSON.parse((await lines.next()).value) as DetectionSpeedRequest;
process.stdout.write(`${JSON.stringify({ version: process.version })}\n`);
for (let line = await lines.next(); !line.done; line = await lines.next()) {
  const start = performance.now();
  const truth = parseCocoJson(readFileSync(request.truth, "utf8"), request.truth, "ground truth");
  const found = parseCocoJson(readFileSync(request.detections, "utf8"), request.detections, "detections");
  const read = performance.now();
  const { metrics } = evaluateDetections(truth, found, { protocol: "coco" });
  const end = performance.now();
  const report: DetectionSpeed = {
    read: read - start,
    evaluate: end - read,
    memory: process.resourceUsage().maxRSS * 1024,
    ap: metrics.AP!,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
