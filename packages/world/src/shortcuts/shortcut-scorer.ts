import { hash } from "@tesserae/scene-graph/random";
import type { Shortcut } from "../items/world-task.js";

/** Scores captions of a picture by less than a task asks for. What it cannot tell apart gets scores in random order. */
export interface ShortcutScorer {
  readonly name: string;
  readonly shortcut: Shortcut;
  /** One score a caption; higher fits better. */
  score(image: string, captions: readonly string[]): readonly number[];
}

/** A score with a tie-break far below every difference that means something: the same for the same picture and caption. */
export function withTieBreak(score: number, image: string, caption: string): number {
  return score + ((hash(`${image} ${caption}`) >>> 0) / 2 ** 32) * 1e-6;
}

/** The words of a caption, without its stops. */
export function wordsOf(caption: string): string[] {
  return caption.split(/[ .]+/).filter((word) => word !== "");
}
