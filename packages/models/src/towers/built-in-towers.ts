import { bert } from "./bert.js";
import { clipText } from "./clip-text.js";
import type { AnyTowerFactory } from "./define-tower.js";
import { gemma } from "./gemma.js";
import { resnet } from "./resnet.js";
import { swin } from "./swin.js";
import { vit } from "./vit.js";

/** The towers that configurations and files are looked up in, with those that a caller hands in before them. */
export const builtInTowers: readonly AnyTowerFactory[] = [vit, resnet, swin, clipText, bert, gemma];

/** What a configuration without a type means. */
export const defaultTowers = { image: vit, text: clipText } as const;
