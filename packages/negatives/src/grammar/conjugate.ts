import compromise from "compromise/two";

type Form = "Infinitive" | "PastTense" | "PresentTense" | "Gerund" | "Participle";

/** What this file takes from compromise; its published types leave methods and model open. */
interface Transforms {
  readonly two: {
    readonly transform: { readonly verb: { conjugate(verb: string, model: unknown): Partial<Record<Form, string>> } };
  };
}
const { conjugate } = (compromise as unknown as { methods(): Transforms }).methods().two.transform.verb;
const model: unknown = compromise.model();

const formsOf = new Map<string, Partial<Record<Form, string>>>();

function forms(lemma: string): Partial<Record<Form, string>> {
  let known = formsOf.get(lemma);
  if (!known) {
    known = conjugate(lemma, model);
    formsOf.set(lemma, known);
  }
  return known;
}

/** The verb `lemma` in the form in which `surface` writes the verb `surfaceLemma`: ("hold", "rides", "ride") gives "holds". */
export function inFormOf(lemma: string, surface: string, surfaceLemma: string): string {
  const written = surface.toLowerCase();
  if (written === surfaceLemma) return lemma;
  const own = forms(lemma);
  if (written.endsWith("ing")) return own.Gerund ?? lemma;
  if (written === forms(surfaceLemma).PresentTense) return own.PresentTense ?? lemma;
  return own.Participle ?? own.PastTense ?? lemma;
}

/** "hold" gives "holding". */
export function gerund(lemma: string): string {
  return forms(lemma).Gerund ?? lemma;
}

/** "hold" gives "holds". */
export function presentTense(lemma: string): string {
  return forms(lemma).PresentTense ?? lemma;
}
