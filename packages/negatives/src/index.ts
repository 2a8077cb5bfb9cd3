export { type Audit, type AuditOptions, type AuditPair, audit, type TextScorer } from "./audit/audit.js";
export { type RefineOptions, refine } from "./audit/refine.js";
export { combine } from "./contract/combine.js";
export { createMiner, type MinerDefinition } from "./contract/create-miner.js";
export { type CreateNegativeOptions, createNegative } from "./contract/create-negative.js";
export { type MineWithReportContext, mineWithReport } from "./contract/mine-with-report.js";
export { describeCoverage, type MiningProblem, type MiningReport, mergeReports } from "./contract/mining-report.js";
export type { Edit, Negative } from "./contract/negative.js";
export type { MaybePromise, MineContext, NegativeMiner, RejectReason, Rng } from "./contract/negative-miner.js";
export type { ImageTexts, TextContext, TextLimits, TextSource } from "./contract/text-source.js";
export { type ApplyEditsOptions, applyEdits, type EditedCaption, swapEdits } from "./edits/apply-edits.js";
export type { GraphAddition, GraphEdit } from "./edits/derive-graph.js";
export { type AttributeType, attributeType } from "./guarantee/attributes.js";
export { isNegative } from "./guarantee/is-negative.js";
export { normaliseCaption } from "./guarantee/normalise-caption.js";
export { type FalseNegativeFilterOptions, withoutFalseNegatives } from "./guarantee/without-false-negatives.js";
export { type HardNegativeImagesOptions, hardNegativeImages } from "./images/hard-negative-images.js";
export {
  type AroOrderKind,
  type AroOrderOptions,
  aroCaption,
  aroOrder,
  aroOrderKinds,
  aroOrderOptions,
} from "./miners/aro-order.js";
export { builtInMiners } from "./miners/built-in-miners.js";
export { type CloveOptions, clove } from "./miners/clove.js";
export { type CrepeForm, type CrepeOptions, crepe, crepeForms } from "./miners/crepe/crepe.js";
export { type MaskedLmOptions, maskedLm } from "./miners/masked-lm.js";
export {
  type MosaiclipForm,
  type MosaiclipOptions,
  type MosaiclipPairs,
  type MosaiclipProbabilities,
  mosaiclip,
  mosaiclipForms,
  mosaiclipPairs,
} from "./miners/mosaiclip/mosaiclip.js";
export { type NegclipGroup, type NegclipOptions, negclip } from "./miners/negclip.js";
export { type NgramShuffleOptions, ngramShuffle } from "./miners/ngram-shuffle.js";
export { type Lexicon, type ReplaceOptions, replace } from "./miners/replace.js";
export { type RewriteOptions, rewrite } from "./miners/rewrite.js";
export { type StructureClipOptions, structureClip } from "./miners/structure-clip.js";
export { type SugarcrepeForm, type SugarcrepeOptions, sugarcrepe, sugarcrepeForms } from "./miners/sugarcrepe.js";
export { type SvlcList, type SvlcOptions, svlc } from "./miners/svlc/svlc.js";
export { caption } from "./text-sources/caption.js";
export { combineTexts } from "./text-sources/combine-texts.js";
export { type MinedNegativesOptions, minedNegatives } from "./text-sources/mined-negatives.js";
export { type SubGraphPairsOptions, subGraphPairs } from "./text-sources/sub-graph-pairs.js";
export {
  type BuildVocabularyOptions,
  buildVocabulary,
  type Vocabulary,
  type VocabularyEntry,
} from "./vocabulary/build-vocabulary.js";
export type { VocabularyOption } from "./vocabulary/resolve-vocabulary.js";
export type { Thesaurus, ThesaurusPart, WeightedWord } from "./vocabulary/thesaurus.js";
