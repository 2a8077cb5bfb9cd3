export { type ApplyEditsOptions, applyEdits, type EditedCaption, swapEdits } from "./apply-edits.js";
export {
  type AroOrderKind,
  type AroOrderOptions,
  aroCaption,
  aroOrder,
  aroOrderKinds,
  aroOrderOptions,
} from "./aro-order.js";
export { type AttributeType, attributeType } from "./attributes.js";
export { type Audit, type AuditOptions, type AuditPair, audit, type TextScorer } from "./audit.js";
export {
  type BuildVocabularyOptions,
  buildVocabulary,
  type Vocabulary,
  type VocabularyEntry,
} from "./build-vocabulary.js";
export { builtInMiners } from "./built-in-miners.js";
export { type CloveOptions, clove } from "./clove.js";
export { combine } from "./combine.js";
export { createMiner, type MinerDefinition } from "./create-miner.js";
export { type CreateNegativeOptions, createNegative } from "./create-negative.js";
export { type CrepeForm, type CrepeOptions, crepe, crepeForms } from "./crepe.js";
export type { GraphAddition, GraphEdit } from "./derive-graph.js";
export { type HardImagesOptions, hardImages } from "./hard-images.js";
export { isNegative } from "./is-negative.js";
export { type MaskedLmOptions, maskedLm } from "./masked-lm.js";
export {
  type MineWithReportContext,
  type MiningProblem,
  type MiningReport,
  mineWithReport,
} from "./mine-with-report.js";
export {
  type MosaiclipForm,
  type MosaiclipOptions,
  type MosaiclipPairs,
  type MosaiclipProbabilities,
  mosaiclip,
  mosaiclipForms,
  mosaiclipPairs,
} from "./mosaiclip.js";
export type { Edit, Negative } from "./negative.js";
export type { MaybePromise, MineContext, NegativeMiner, RejectReason, Rng } from "./negative-miner.js";
export { type NegclipGroup, type NegclipOptions, negclip } from "./negclip.js";
export { type NgramShuffleOptions, ngramShuffle } from "./ngram-shuffle.js";
export { normaliseCaption } from "./normalise-caption.js";
export { type RefineOptions, refine } from "./refine.js";
export { type Lexicon, type ReplaceOptions, replace } from "./replace.js";
export { type RewriteOptions, rewrite } from "./rewrite.js";
export { type StructureClipOptions, structureClip } from "./structure-clip.js";
export { type SugarcrepeForm, type SugarcrepeOptions, sugarcrepe, sugarcrepeForms } from "./sugarcrepe.js";
export { type SvlcList, type SvlcOptions, svlc } from "./svlc.js";
export type { Thesaurus, ThesaurusPart, WeightedWord } from "./thesaurus.js";
export { type FalseNegativeFilterOptions, withoutFalseNegatives } from "./without-false-negatives.js";
