import { animateNouns } from "../lexicon/nouns.js";
import type { DraftObject } from "./graph-draft.js";

/** Whether it is somebody, or an animal. */
export const isAnimate = ({ head }: Pick<DraftObject, "head">): boolean => animateNouns.has(head);
