export { type RelationPhrase, relationPhrases, worldSynonyms } from "./captions/relation-phrases.js";
export { renderScene } from "./drawing/render-scene.js";
export type { RgbImage } from "./drawing/rgb-image.js";
export { sceneToSvg } from "./drawing/scene-to-svg.js";
export { type TruthValue, verifyGraph } from "./items/verify-graph.js";
export { type RetrievalPair, worldRetrieval } from "./items/world-retrieval.js";
export {
  type ChoiceItem,
  type FoilFamily,
  foilFamilies,
  type PairItem,
  type Shortcut,
  type WorldTask,
} from "./items/world-task.js";
export { type TaskOptions, worldTasks } from "./items/world-tasks.js";
export type { Box, WorldDataset, WorldSample } from "./sample.js";
export {
  type Colour,
  colourNames,
  colours,
  kindNames,
  type Pattern,
  patternNames,
  type RelationName,
  relationNames,
  type Size,
  sizeNames,
} from "./scenes/atoms.js";
export { hasUnseenCompound, isUnseenAttributeCompound, isUnseenRelationCompound } from "./scenes/compounds.js";
export { type WorldLevel, type WorldLevelName, worldLevelNames, worldLevels } from "./scenes/levels.js";
export type {
  Background,
  ObjectDescription,
  Scene,
  SceneDescription,
  UnitBox,
  WorldObject,
  WorldRelation,
} from "./scenes/scene.js";
export { contentsOf, type WorldSplit, worldSplits } from "./scenes/splits.js";
export { firstNamed } from "./shortcuts/first-named.js";
export { pictureOnly } from "./shortcuts/picture-only.js";
export type { ShortcutScorer } from "./shortcuts/shortcut-scorer.js";
export { textOnly } from "./shortcuts/text-only.js";
export { wordBag } from "./shortcuts/word-bag.js";
export type { Rgb } from "./sprites/rgb.js";
export {
  loadWorldImage,
  parseWorldAddress,
  type WorldAddress,
  type WorldExchange,
  worldAddress,
  worldImageSize,
  worldScene,
} from "./world-address.js";
export { type WorldOptions, worldDataset, worldSample, worldVersion } from "./world-dataset.js";
export { WorldError } from "./world-error.js";
