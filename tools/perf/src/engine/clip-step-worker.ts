// A child process of `perf engine`: takes steps of one size on one backend, as `tools/oracles/clip_step.py` does in PyTorch. The first line of
// standard input is a StepRequest; every further line asks for a step, and is answered by a StepReport.
import { createInterface } from "node:readline";
import { ortReport, selectBackend } from "@tesserae/tfjs-backend-ort";
import { createClipStep } from "./clip-step.js";
import type { StepReport, StepRequest } from "./step-report.js";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const request = JSON.parse((await lines.next()).value) as StepRequest;
const { backend, device, threads } = request;
const said: string[] = [];
const selected = await selectBackend({
  backend,
  threads,
  ...(device ? { device } : {}),
  log: (line) => said.push(line),
});
if (device && selected.device !== device) throw new Error(said[0]);
const { name } = selected;
const step = createClipStep(request.size, request.traced);
process.stdout.write(`${JSON.stringify({ version: selected.adapter ? `${name}, ${selected.adapter}` : name })}\n`);

const engine = () => (name === "ort" ? ortReport() : undefined);
for (let line = await lines.next(); !line.done; line = await lines.next()) {
  const batch = step.batch();
  const before = engine();
  const start = performance.now();
  const loss = await step.run(batch);
  const milliseconds = performance.now() - start;
  const after = engine();
  const counts = step.counts();
  const report: StepReport = {
    milliseconds,
    loss,
    memory: process.resourceUsage().maxRSS * 1024,
    ...(counts ? { counts } : {}),
    ...(before && after
      ? {
          session: after.runMs - before.runMs,
          compile: after.compileMs - before.compileMs,
        }
      : {}),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
