import type { SceneGraph } from "@tesserae/scene-graph";
import { shuffled } from "@tesserae/scene-graph/random";
import { createMiner } from "../../contract/create-miner.js";
import type { Negative } from "../../contract/negative.js";
import type { MineContext, NegativeMiner, Rng } from "../../contract/negative-miner.js";
import { normaliseCaption, normalisedCaption } from "../../guarantee/normalise-caption.js";
import type { Vocabulary } from "../../vocabulary/build-vocabulary.js";
import { cycleForms, pickByWeight, someInRandomOrder } from "../../vocabulary/random.js";
import { describeVocabulary, resolveVocabulary, type VocabularyOption } from "../../vocabulary/resolve-vocabulary.js";
import {
  attributeForms,
  describedObjects,
  relationForms,
  replaceOnlyAttribute,
  replaceSingleObject,
  type Transform,
} from "./graph-transforms.js";
import { singleObjects, subGraphs } from "./sub-graphs.js";

/** How often each kind of sub-graph is drawn; they need not sum to 1. */
export interface MosaiclipProbabilities {
  /** p1: single objects with an attribute (f_obj). */
  readonly object: number;
  /** p2: relations (f_rel). */
  readonly relation: number;
  /** p3: relations of objects with attributes (f_attr). */
  readonly attribute: number;
}

/** The forms of f_rel and f_attr, by the `kind` of the negatives that they make. */
export const mosaiclipForms = [
  "relation-swap-ends",
  "relation-replace-object",
  "relation-replace-relation",
  "relation-swap-and-replace",
  "relation-replace-both",
  "relation-connect",
  "attribute-swap",
  "attribute-replace",
  "attribute-swap-and-replace",
  "attribute-replace-both",
] as const satisfies readonly (keyof typeof relationForms | keyof typeof attributeForms)[];

export type MosaiclipForm = (typeof mosaiclipForms)[number];

export interface MosaiclipOptions {
  /**
   * The lists that replacements are drawn from, uniformly: such as `buildVocabulary` makes from a corpus, or `loadVocabulary` reads from
   * word lists (the paper's come from Visual Genome). Default "corpus": that of the context.
   */
  readonly vocabulary?: VocabularyOption;
  /** Sub-graphs kept as positives. Default 3 (appendix H.1). */
  readonly maxPositives?: number;
  /** Negatives kept. Default 6 (appendix H.1). */
  readonly maxNegatives?: number;
  /** Default 0.15, 0.425, 0.425: the paper's pre-training values (p2 = p3). */
  readonly probabilities?: MosaiclipProbabilities;
  /**
   * Within f_rel and f_attr every form is used once before any is used again; heavier forms tend to come first, a form of
   * weight 0 never comes. Default 1 each: the paper names the forms and not how often each is drawn, so evenness is a reconstruction.
   */
  readonly formWeights?: Readonly<Partial<Record<MosaiclipForm, number>>>;
  /**
   * What becomes of a change that may be true of the caption or the image. "drop" (default): a replacement must exclude the old word where its
   * kind is known (a colour for a colour), cannot be a synonym, a more general word or a part, and what follows from the caption is no negative.
   * "keep": as the paper, every word of the lists is as likely and nothing is checked; such negatives can break the guarantee.
   */
  readonly trueNegatives?: "drop" | "keep";
}

/** What MosaiCLIP trains on for one image, besides its caption. All texts differ. */
export interface MosaiclipPairs {
  /** Sub-graphs; `caption` is the positive text. */
  readonly positives: readonly SceneGraph[];
  /** Edited sub-graphs; `edits` refer to the sub-graph's text, which is in `source`. */
  readonly negatives: readonly Negative[];
}

/**
 * MosaiCLIP's negatives (Singh et al., EMNLP 2023): each is a changed sub-graph of the caption, so a short text such as "blue dog left of
 * box"; `edits` refer to the text of the unchanged sub-graph (in `source`), not to the caption. See `mosaiclipPairs` for the positives.
 */
export function mosaiclip(options: MosaiclipOptions = {}): NegativeMiner {
  return createMiner({
    name: "mosaiclip",
    version: "4",
    options: mosaiclipOptionsRecord(options),
    citation:
      "Singh et al. Coarse-to-fine contrastive learning in image-text-graph space for improved vision-language compositionality. EMNLP 2023",
    mineOne: (graph, context) => drawPairs(graph, options, context).negatives,
  });
}

/**
 * Positive sub-graphs and their negatives for one caption (sections 3.3, 3.4 and appendix B). Pairs of a sub-graph and its kind of change
 * are drawn without replacement, the kind by `probabilities`; the kind of each negative is drawn by the same probabilities, its form comes from
 * rounds ordered by `formWeights`, and its sub-graph is any of the drawn ones that this form can change. Where a caption has no relation and no
 * attribute, single objects are used and replaced (a reconstruction: the paper does not say).
 * Texts are unique within the image, and no positive is among the negatives.
 *
 * @throws RangeError for a weight or probability that is no number from 0 up
 */
export function mosaiclipPairs(
  graph: SceneGraph,
  options: MosaiclipOptions & { readonly vocabulary: Vocabulary },
  rng: Rng,
  reject?: MineContext["reject"],
): MosaiclipPairs {
  return drawPairs(graph, options, { rng, ...(reject ? { reject } : {}) });
}

/** The options as plain JSON. */
export function mosaiclipOptionsRecord({ vocabulary, ...options }: MosaiclipOptions): Record<string, unknown> {
  return { ...options, vocabulary: describeVocabulary(vocabulary) };
}

/** f_obj, f_rel or f_attr with the sub-graphs that it may change. */
interface Kind {
  readonly weight: number;
  readonly forms: readonly Form[];
  readonly graphs: readonly SceneGraph[];
}

interface Form {
  readonly weight: number;
  readonly transform: Transform;
  /** Objects with an attribute that a sub-graph must have to be changed so. Default 0. */
  readonly described?: number;
}

const onlyAttribute: readonly Form[] = [{ weight: 1, transform: replaceOnlyAttribute }];

/** Fruitless draws in a row after which a caption's negatives are taken as exhausted. */
const maxFailures = 8;

const defaultProbabilities: MosaiclipProbabilities = { object: 0.15, relation: 0.425, attribute: 0.425 };

function drawPairs(captionGraph: SceneGraph, options: MosaiclipOptions, mineContext: MineContext): MosaiclipPairs {
  const { rng, reject } = mineContext;
  const vocabulary = resolveVocabulary(options.vocabulary, mineContext, "mosaiclip");
  const { maxPositives = 3, maxNegatives = 6, trueNegatives = "drop" } = options;
  const { positives, kinds } = choosePositives(possibleKinds(captionGraph, options), maxPositives, rng);
  const context = { vocabulary, captionGraph, trueNegatives, rng, ...(reject ? { reject } : {}) };
  const negatives = new Map<string, Negative>();
  const add = (negative: Negative | undefined): boolean => {
    if (!negative) return false;
    const text = normaliseCaption(negative.caption);
    const isNew = !negatives.has(text) && !positives.has(text);
    if (isNew) negatives.set(text, negative);
    else reject?.("duplicate");
    return isNew;
  };
  const queues = kinds.flatMap(({ weight, forms, graphs }) => {
    const possible = possibleForms(forms, graphs);
    return possible.length > 0 ? [{ weight, forms: possible, queue: cycleForms(possible, rng) }] : [];
  });
  let failures = 0;
  while (queues.length > 0 && negatives.size < maxNegatives && failures < maxFailures) {
    const { forms, queue } = pickByWeight(queues, rng);
    const added = forms.some(() => {
      const { transform, graphs } = queue.next().value;
      return someInRandomOrder(graphs, (graph) => add(transform(graph, context)), rng);
    });
    failures = added ? 0 : failures + 1;
  }
  return { positives: [...positives.values()], negatives: [...negatives.values()] };
}

/** The forms that can change some of the sub-graphs, with these. */
function possibleForms(forms: readonly Form[], graphs: readonly SceneGraph[]) {
  const described = graphs.map(({ objects }) => objects.filter(({ attributes }) => attributes.length > 0).length);
  const fitting = new Map<number, readonly SceneGraph[]>([[0, graphs]]);
  const graphsFor = (count: number) => {
    const found = fitting.get(count) ?? graphs.filter((_, i) => described[i]! >= count);
    fitting.set(count, found);
    return found;
  };
  return forms
    .map(({ weight, transform, described: count = 0 }) => ({ weight, transform, graphs: graphsFor(count) }))
    .filter((form) => form.graphs.length > 0);
}

/** The forms of each kind that options leave, with the kind's weight. */
interface WeightedForms {
  readonly object: number;
  readonly relation: number;
  readonly attribute: number;
  readonly relationForms: readonly Form[];
  readonly attributeForms: readonly Form[];
}

const formsOfOptions = new WeakMap<MosaiclipOptions, WeightedForms>();

/** Made once for the options. @throws RangeError for a weight or probability that is no number from 0 up */
function weightedForms(options: MosaiclipOptions): WeightedForms {
  const known = formsOfOptions.get(options);
  if (known) return known;
  const { probabilities = defaultProbabilities, formWeights = {} } = options;
  const weighted = (forms: Partial<Record<MosaiclipForm, Transform>>): Form[] =>
    Object.entries(forms)
      .map(([name, transform]) => ({
        transform,
        weight: checked(name, formWeights[name as MosaiclipForm] ?? 1),
        described: describedObjects[name] ?? 0,
      }))
      .filter(({ weight }) => weight > 0);
  const found = {
    object: checked("object", probabilities.object),
    relation: checked("relation", probabilities.relation),
    attribute: checked("attribute", probabilities.attribute),
    relationForms: weighted(relationForms),
    attributeForms: weighted(attributeForms),
  };
  formsOfOptions.set(options, found);
  return found;
}

const hasAttribute = ({ objects }: SceneGraph) => objects.some(({ attributes }) => attributes.length > 0);

/** What may be done to a caption; single objects are replaced where nothing else can be done. */
function possibleKinds(graph: SceneGraph, options: MosaiclipOptions) {
  const { described, related } = subGraphs(graph);
  const { object, relation, attribute, ...forms } = weightedForms(options);
  const kinds: Kind[] = [
    { weight: object, forms: onlyAttribute, graphs: described },
    { weight: relation, forms: forms.relationForms, graphs: related },
    { weight: attribute, forms: forms.attributeForms, graphs: related.filter(hasAttribute) },
  ].filter(({ weight, forms, graphs }) => weight > 0 && forms.length > 0 && graphs.length > 0);
  if (kinds.length > 0) return kinds;
  const single = singleObjects(graph);
  if (single.length === 0) return kinds;
  return [{ weight: 1, forms: [{ weight: 1, transform: replaceSingleObject }], graphs: single }];
}

function checked(name: string, weight: number): number {
  if (weight >= 0 && weight < Infinity) return weight;
  throw new RangeError(`mosaiclip: the weight of "${name}" is ${weight}; give a number from 0 up`);
}

/** Draws a kind by its weight among those that still have sub-graphs, then one of its sub-graphs, until there are `count` texts. */
function choosePositives(
  kinds: readonly Kind[],
  count: number,
  rng: Rng,
): { readonly positives: Map<string, SceneGraph>; readonly kinds: Kind[] } {
  const positives = new Map<string, SceneGraph>();
  const open = kinds.map((kind) => ({ ...kind, graphs: shuffled(rng, kind.graphs), chosen: [] as SceneGraph[] }));
  for (;;) {
    const left = open.filter(({ graphs }) => graphs.length > 0);
    if (left.length === 0) break;
    const { graphs, chosen } = pickByWeight(left, rng);
    const graph = graphs.pop()!;
    const text = normalisedCaption(graph);
    if (positives.size >= count && !positives.has(text)) continue;
    positives.set(text, graph);
    chosen.push(graph);
  }
  return {
    positives,
    kinds: open
      .filter(({ chosen }) => chosen.length > 0)
      .map(({ chosen, weight, forms }) => ({ weight, forms, graphs: chosen })),
  };
}
