export { readTarIndex, readTarMember, type TarIndex, type TarMember } from "./archives/tar-index.js";
export type { Box, Dataset, Sample } from "./dataset.js";
export { docMnistAttributes, docMnistColors, docMnistPrompts } from "./docmnist/attributes.js";
export type { DigitImages, DigitSet } from "./docmnist/digit-images.js";
export {
  type DocMnist,
  type DocMnistOptions,
  type DocMnistRegion,
  type DocMnistSample,
  type DocMnistSplit,
  docMnist,
  docMnistImageSize,
} from "./docmnist/doc-mnist.js";
export { drawnDigits } from "./docmnist/drawn-digits.js";
export { readMnist } from "./docmnist/read-mnist.js";
export { DataError, type DataErrorCode, ImageError, type ImageErrorCode } from "./errors.js";
export { decodeImage } from "./images/decode-image.js";
export { encodePng } from "./images/encode-png.js";
export type { RgbImage } from "./images/rgb-image.js";
export { formatPythonList } from "./parsing/format-python-list.js";
export { parsePythonList } from "./parsing/parse-python-list.js";
export { type Line, streamLines } from "./parsing/stream-lines.js";
export { builtInReaders } from "./readers/built-in-readers.js";
export { findImages, type ImageFinder, type ImagePlaces } from "./readers/find-images.js";
export { captionLines } from "./readers/formats/caption-lines.js";
export { captionTable } from "./readers/formats/caption-table.js";
export { cocoCaptions } from "./readers/formats/coco-captions.js";
export { jsonDocument } from "./readers/formats/json-document.js";
export { jsonLines } from "./readers/formats/json-lines.js";
export { karpathyJson } from "./readers/formats/karpathy-json.js";
export { negclipTable } from "./readers/formats/negclip-table.js";
export { parquet } from "./readers/formats/parquet.js";
export { plainCaptions } from "./readers/formats/plain-captions.js";
export { preparedShards } from "./readers/formats/prepared-shards.js";
export { visualGenome } from "./readers/formats/visual-genome.js";
export { webdataset } from "./readers/formats/webdataset.js";
export { type OpenOptions, openDataset } from "./readers/open-dataset.js";
export type { DataProblem, DataRecord, Reader, ReadOptions } from "./readers/reader.js";
export { captionFile, type Source } from "./readers/source.js";
export {
  type CaptionRecord,
  type SourceCaption,
  type StreamOptions,
  streamCaptions,
} from "./readers/stream-captions.js";
export { type SplitOptions, splitByImage } from "./splits/split-by-image.js";
