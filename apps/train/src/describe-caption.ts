import { decompose } from "@tesserae/augment";
import type { NegativeMiner } from "@tesserae/negatives";
import { type SceneGraph, toFactual } from "@tesserae/scene-graph";
import { createRng } from "./rng.js";

/** A caption with its graph, sub-graphs and each miner's negatives, as text for a reader to judge. */
export async function describeCaption(
  graph: SceneGraph,
  miners: readonly NegativeMiner[],
  seed: number,
): Promise<string> {
  const lines = [`caption    ${graph.caption}`, `graph      ${toFactual(graph)}`];
  for (const subGraph of decompose(graph, { maxObjects: 2 })) lines.push(`sub-graph  ${subGraph.caption}`);
  for (const miner of miners) {
    const [negatives = []] = await miner.mine([graph], { rng: createRng(seed, "examples", miner.name, graph.caption) });
    if (negatives.length === 0) lines.push(`negative   (${miner.name}: none found)`);
    for (const negative of negatives) lines.push(`negative   ${negative.caption}   [${miner.name}: ${negative.kind}]`);
  }
  return lines.join("\n");
}
