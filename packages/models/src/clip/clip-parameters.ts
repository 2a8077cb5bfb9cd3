import { knowledgeParameters } from "../knowledge/knowledge-config.js";
import type { ParameterSpec } from "../layers/parameter-spec.js";
import type { Tower, TowerKind } from "../towers/tower.js";
import type { ClipTowers, ResolvedClipConfig } from "./clip-config.js";

/** What stands before the names of a tower's parameters in a model, and the weight that projects its features. */
export const towerNames = {
  image: { prefix: "vision_model", projection: "visual_projection.weight" },
  text: { prefix: "text_model", projection: "text_projection.weight" },
} as const satisfies Record<TowerKind, object>;

/** What stands before the names of the knowledge encoder's parameters. */
export const knowledgePrefix = "knowledge_encoder";

/**
 * Every parameter of a CLIP in a fixed order: the logit scale (it starts at ln(1/0.07)), the image tower and its projection, the
 * text tower and its projection, the knowledge encoder. Towers name their parameters as their reference does, after
 * `vision_model.` and `text_model.`.
 */
export function clipParameters(
  { embedDim, knowledge }: Pick<ResolvedClipConfig, "embedDim" | "knowledge">,
  { image, text }: ClipTowers,
): readonly ParameterSpec[] {
  return [
    { name: "logit_scale", shape: [], init: { constant: Math.log(1 / 0.07) } },
    ...towerParameters(image, embedDim),
    ...towerParameters(text, embedDim),
    ...(knowledge ? scoped(knowledgePrefix, knowledgeParameters({ ...knowledge, embedDim })) : []),
  ];
}

function towerParameters(tower: Tower, embedDim: number): ParameterSpec[] {
  const { prefix, projection } = towerNames[tower.kind];
  const { width } = tower;
  const own = scoped(prefix, tower.parameters(embedDim));
  if (width === undefined) return own;
  return [...own, { name: projection, shape: [embedDim, width], init: { std: width ** -0.5 }, linear: true }];
}

function scoped(prefix: string, parameters: readonly ParameterSpec[]): ParameterSpec[] {
  return parameters.map((parameter) => ({ ...parameter, name: `${prefix}.${parameter.name}` }));
}
