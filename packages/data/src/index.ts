export type { CaptionProblem, CaptionRecord, SourceCaption } from "./captions/caption-record.js";
export { captionFile, streamCaptions } from "./captions/stream-captions.js";
export { streamLines } from "./captions/stream-lines.js";
export type { Box, Dataset, Sample } from "./dataset.js";
export { decodeImage } from "./decode-image.js";
export { encodePng } from "./encode-png.js";
export { DataError, type DataErrorCode, ImageError, type ImageErrorCode } from "./errors.js";
export { formatPythonList } from "./format-python-list.js";
export { type ImageFolder, openImageFolder } from "./image-folder.js";
export { type OpenOptions, openDataset } from "./open-dataset.js";
export { parsePythonList } from "./python-list.js";
export { readCaptions } from "./read-captions.js";
export { readCocoCaptions } from "./read-coco-captions.js";
export { readKarpathy } from "./read-karpathy.js";
export { readNegclipTsv } from "./read-negclip-tsv.js";
export { readPhotos } from "./read-photos.js";
export type { RgbImage } from "./rgb-image.js";
export { type Rng, seededRng } from "./rng.js";
export { type SplitOptions, splitByImage } from "./split-by-image.js";
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
  type Rgb,
  relationNames,
  type Size,
  sizeNames,
  sizes,
  supportKinds,
} from "./world/atoms.js";
export {
  hasUnseenCompound,
  isUnseenAttributeCompound,
  isUnseenRelationCompound,
  type WorldSplit,
  worldSplits,
} from "./world/compounds.js";
export { judge, type Verdict } from "./world/judge.js";
export { type RelationPhrase, relationPhrases, worldSynonyms } from "./world/relation-phrases.js";
export { renderScene } from "./world/render-scene.js";
export { type SceneOptions, sampleScene } from "./world/sample-scene.js";
export type { Background, ObjectDescription, Scene, UnitBox, WorldObject, WorldRelation } from "./world/scene.js";
export { sceneToSvg } from "./world/scene-to-svg.js";
export {
  loadWorldImage,
  parseWorldAddress,
  type WorldAddress,
  worldAddress,
  worldScene,
} from "./world/world-address.js";
export { type WorldOptions, worldDataset, worldImageSize, worldSample, worldVersion } from "./world/world-dataset.js";
export { type RetrievalPair, worldRetrieval } from "./world/world-retrieval.js";
export { type ChoiceItem, type WorldTask, type WorldTaskName, worldTasks } from "./world/world-tasks.js";
