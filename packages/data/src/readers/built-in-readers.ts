import { captionLines } from "./formats/caption-lines.js";
import { captionTable } from "./formats/caption-table.js";
import { cocoCaptions } from "./formats/coco-captions.js";
import { jsonDocument } from "./formats/json-document.js";
import { jsonLines } from "./formats/json-lines.js";
import { karpathyJson } from "./formats/karpathy-json.js";
import { negclipTable } from "./formats/negclip-table.js";
import { parquet } from "./formats/parquet.js";
import { plainCaptions } from "./formats/plain-captions.js";
import { preparedShards } from "./formats/prepared-shards.js";
import { visualGenome } from "./formats/visual-genome.js";
import { webdataset } from "./formats/webdataset.js";
import type { Reader } from "./reader.js";

/**
 * The readers that `openDataset` and `streamCaptions` ask after the user's own, in this order: what is told surest
 * comes first.
 */
export function builtInReaders(): readonly Reader[] {
  return [
    preparedShards(),
    parquet(),
    webdataset(),
    karpathyJson(),
    cocoCaptions(),
    visualGenome(),
    jsonDocument(),
    jsonLines(),
    negclipTable(),
    captionTable(),
    captionLines(),
    plainCaptions(),
  ];
}
