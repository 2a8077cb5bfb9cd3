import { decompose } from "@tesserae/augment";
import { mineWithReport, type NegativeMiner } from "@tesserae/negatives";
import { type SceneGraph, toFactual } from "@tesserae/scene-graph";
import { seededRng } from "@tesserae/scene-graph/random";

/** A caption with its graph, sub-graphs and each miner's negatives, as text for a reader to judge. */
export async function describeCaption(
  graph: SceneGraph,
  miners: readonly NegativeMiner[],
  seed: number,
): Promise<string> {
  const lines = [`caption    ${graph.caption}`, `graph      ${toFactual(graph)}`];
  for (const subGraph of decompose(graph, { maxObjects: 2 })) lines.push(`sub-graph  ${subGraph.caption}`);
  for (const miner of miners) {
    const rng = seededRng(seed, "examples", miner.name, graph.caption);
    const { negatives, report } = await mineWithReport(miner, [graph], { rng });
    for (const { caption, kind } of negatives[0]!) lines.push(`negative   ${caption}   [${miner.name}: ${kind}]`);
    if (report.negatives === 0)
      lines.push(`negative   (${[`${miner.name}: none found`, ...report.examples].join("; ")})`);
  }
  return lines.join("\n");
}
