export { type RelationPhrase, relationPhrases, worldSynonyms } from "./captions/relation-phrases.js";
export { renderScene } from "./drawing/render-scene.js";
export type { RgbImage } from "./drawing/rgb-image.js";
export { sceneToSvg } from "./drawing/scene-to-svg.js";
export { judge, type Verdict } from "./items/judge.js";
export { type RetrievalPair, worldRetrieval } from "./items/world-retrieval.js";
export { type ChoiceItem, type WorldTask, type WorldTaskName, worldTasks } from "./items/world-tasks.js";
export type { Box, WorldDataset, WorldSample } from "./sample.js";
export {
  type Colour,
  colourNames,
  colours,
  containerKinds,
  kindNames,
  type Pattern,
  patternNames,
  portableKinds,
  type RelationName,
  relationNames,
  type Size,
  sizeNames,
  sizes,
  supportKinds,
} from "./scenes/atoms.js";
export {
  hasUnseenCompound,
  isUnseenAttributeCompound,
  isUnseenRelationCompound,
  type WorldSplit,
  worldSplits,
} from "./scenes/compounds.js";
export { type SceneOptions, sampleScene } from "./scenes/sample-scene.js";
export type { Background, ObjectDescription, Scene, UnitBox, WorldObject, WorldRelation } from "./scenes/scene.js";
export type { Rgb } from "./sprites/rgb.js";
export {
  loadWorldImage,
  parseWorldAddress,
  type WorldAddress,
  worldAddress,
  worldScene,
} from "./world-address.js";
export { type WorldOptions, worldDataset, worldImageSize, worldSample, worldVersion } from "./world-dataset.js";
export { WorldError } from "./world-error.js";
