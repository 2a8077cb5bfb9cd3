import { toFactual } from "@tesserae/scene-graph";
import type { TextBatch } from "./collate.js";
import type { CollateContext, CollatedBatch, Objective, TrainingSample } from "./objective.js";

/** A sample as a training sees it, as text for a reader to judge: caption, graph, and the texts that the objective makes of it. */
export async function describeSample(
  sample: TrainingSample,
  objective: Objective,
  context: CollateContext,
): Promise<string> {
  const batch = await objective.collate([sample], context);
  const lines = [`caption    ${sample.caption.caption}`, `graph      ${toFactual(sample.caption)}`];
  if (!isTextBatch(batch)) return [...lines, ...batch.texts.map((text) => `text       ${text}`)].join("\n");
  for (const [place, row] of batch.textRow.entries()) {
    if (batch.textMask[place] === 0) continue;
    const kind = place < batch.positiveImage.length ? "positive" : "negative";
    lines.push(`${kind}   ${batch.texts[row]}`);
  }
  return lines.join("\n");
}

function isTextBatch(batch: CollatedBatch): batch is TextBatch {
  return "textRow" in batch && "textMask" in batch;
}
