import type { Diagnostic, SceneAttribute, SceneGraph, SceneObject, SceneRelation, Span } from "../graph/scene-graph.js";
import type { NounPhrase } from "./noun-phrase.js";

/** An object while the caption is being read. */
export interface DraftObject {
  readonly id: string;
  readonly name: string;
  readonly head: string;
  readonly plural: boolean;
  /** It has a determiner, a possessor or a number: "a dog", not "dogs". */
  readonly determined: boolean;
  /** The caption denies it, or what it is said with: it is not in the graph, and nothing is said of it. */
  readonly absent: boolean;
  readonly sentence: number;
  readonly span: Span;
  readonly phrase: Span;
  readonly attributes: SceneAttribute[];
  readonly quantity?: string;
}

/** The graph while the caption is being read. */
export interface GraphDraft {
  readonly caption: string;
  readonly objects: readonly DraftObject[];
  addObject(phrase: NounPhrase, sentence: number): DraftObject;
  /** Reports what is not there or not so, and stands for it while the clause is read. */
  addAbsent(phrase: NounPhrase, sentence: number): DraftObject;
  addAttribute(object: DraftObject, attribute: SceneAttribute): void;
  addRelation(subject: DraftObject, predicate: string, object: DraftObject, span: Span): void;
  /** What was said last to be "with" an object or to "have" it. */
  holderOf(object: DraftObject): DraftObject | undefined;
  report(code: string, message: string, span: Span): void;
  finish(): SceneGraph;
}

export function createGraphDraft(caption: string): GraphDraft {
  const objects: DraftObject[] = [];
  const relations: SceneRelation[] = [];
  const related = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const draft: GraphDraft = {
    caption,
    objects,
    addObject(phrase, sentence) {
      const known = earlierMention(objects, phrase, sentence);
      if (known) {
        for (const attribute of phrase.attributes) draft.addAttribute(known, attribute);
        return known;
      }
      const object: DraftObject = {
        id: `o${objects.length + 1}`,
        name: phrase.name,
        head: phrase.head,
        plural: phrase.plural,
        determined: isDetermined(phrase),
        absent: false,
        sentence,
        span: phrase.span,
        phrase: phrase.phrase,
        attributes: [...phrase.attributes],
        ...(phrase.quantity !== undefined && { quantity: phrase.quantity }),
      };
      objects.push(object);
      return object;
    },
    addAbsent(phrase, sentence) {
      draft.report("negated", "The caption says that this is absent; it is not in the graph.", phrase.phrase);
      const { name, head, plural, span, quantity } = phrase;
      return {
        id: `absent ${span.start}`,
        name,
        head,
        plural,
        determined: isDetermined(phrase),
        absent: true,
        sentence,
        span,
        phrase: phrase.phrase,
        attributes: [],
        ...(quantity !== undefined && { quantity }),
      };
    },
    addAttribute(object, attribute) {
      if (object.absent) return;
      if (!object.attributes.some((one) => one.name === attribute.name)) object.attributes.push(attribute);
    },
    addRelation(subject, predicate, object, span) {
      if (subject.absent || object.absent) return;
      const key = `${subject.id} ${object.id} ${predicate}`;
      if (related.has(key)) return;
      related.add(key);
      relations.push({ subject: subject.id, predicate, object: object.id, span });
    },
    holderOf({ id }) {
      const held = relations.findLast(({ predicate, object }) => object === id && /^(with|have)$/.test(predicate));
      return objects.find((object) => object.id === held?.subject);
    },
    report(code, message, span) {
      diagnostics.push({ code, message, span });
    },
    finish: () => ({
      caption,
      objects: objects.map(
        ({ id, name, attributes, quantity, span, phrase }): SceneObject => ({
          id,
          name,
          attributes,
          ...(quantity !== undefined && { quantity }),
          span,
          phrase,
        }),
      ),
      relations,
      diagnostics,
    }),
  };
  return draft;
}

/**
 * "a dog on a box. the box is red.": a definite phrase names the one object of that name in an earlier sentence, unless the attributes
 * of both differ.
 */
function earlierMention(
  objects: readonly DraftObject[],
  phrase: NounPhrase,
  sentence: number,
): DraftObject | undefined {
  if (
    phrase.determiner !== "the" &&
    phrase.determiner !== "this" &&
    phrase.determiner !== "that" &&
    phrase.determiner !== "these" &&
    phrase.determiner !== "those"
  )
    return undefined;
  const same = objects.filter((one) => one.name === phrase.name && one.sentence < sentence);
  const fits = same.filter(
    (one) =>
      one.attributes.length === 0 ||
      phrase.attributes.every((wanted) => one.attributes.some((has) => has.name === wanted.name)),
  );
  return fits.length === 1 && (same.length === 1 || phrase.attributes.length > 0) ? fits[0] : undefined;
}

/** Whether a determiner, a possessive or a number opens the phrase. */
export const isDetermined = ({ determiner, possessive, quantity }: NounPhrase): boolean =>
  determiner !== undefined || possessive !== undefined || quantity !== undefined;
