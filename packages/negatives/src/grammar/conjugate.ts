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

const irregular: Readonly<Record<string, Partial<Record<Form, string>>>> = {
  have: { PresentTense: "has", Gerund: "having", PastTense: "had", Participle: "had" },
  be: { PresentTense: "is", Gerund: "being", PastTense: "was", Participle: "been" },
  do: { PresentTense: "does", Gerund: "doing", PastTense: "did", Participle: "done" },
  ski: { PresentTense: "skis", Gerund: "skiing", PastTense: "skied", Participle: "skied" },
  lie: { PresentTense: "lies", Gerund: "lying", PastTense: "lay", Participle: "lain" },
};

const formsOf = new Map<string, Partial<Record<Form, string>>>();

function forms(lemma: string): Partial<Record<Form, string>> {
  let known = formsOf.get(lemma);
  if (!known) {
    known = { ...conjugate(lemma, model), ...(Object.hasOwn(irregular, lemma) ? irregular[lemma] : {}) };
    formsOf.set(lemma, known);
  }
  return known;
}

/** The form in which `surface` writes the verb `lemma`. A participle that may be a past tense ("parked") is a "past". */
export function verbForm(surface: string, lemma: string): "base" | "gerund" | "present" | "participle" | "past" {
  const written = surface.toLowerCase();
  if (written === lemma) return "base";
  if (written.endsWith("ing")) return "gerund";
  const own = forms(lemma);
  if (written === own.PresentTense) return "present";
  if (written === own.Participle && own.Participle !== own.PastTense) return "participle";
  return "past";
}

/** The verb `lemma` in the form in which `surface` writes the verb `surfaceLemma`: ("hold", "rides", "ride") gives "holds". */
export function inFormOf(lemma: string, surface: string, surfaceLemma: string): string {
  const own = forms(lemma);
  switch (verbForm(surface, surfaceLemma)) {
    case "base":
      return lemma;
    case "gerund":
      return own.Gerund ?? lemma;
    case "present":
      return own.PresentTense ?? lemma;
    case "participle":
      return participle(lemma);
    case "past":
      return own.PastTense ?? lemma;
  }
}

/** "hold" gives "holding". */
export function gerund(lemma: string): string {
  return forms(lemma).Gerund ?? lemma;
}

/** "hold" gives "held", "eat" gives "eaten". */
export function participle(lemma: string): string {
  const own = forms(lemma);
  return own.Participle ?? own.PastTense ?? lemma;
}

/** Whether a text ends with the auxiliary of a perfect: what follows "has" or "had recently" is a participle. */
export const endsInPerfect = (before: string): boolean => /\b(?:has|have|had)\s+(?:\w+ly\s+)?$/i.test(before);

/** "hold" gives "holds". */
export function presentTense(lemma: string): string {
  return forms(lemma).PresentTense ?? lemma;
}

interface Lexicon {
  readonly one: { readonly lexicon: Readonly<Record<string, string | readonly string[]>> };
}

const nameTags = new Set(
  "FirstName MaleName FemaleName LastName Person City Country Region Place WeekDay Month Demonym Organization SportsTeam Company School".split(
    " ",
  ),
);

/** Whether a word is a name of a person, a place, a people, a day: what is written with a capital everywhere. */
export function isName(word: string): boolean {
  const { lexicon } = (model as Lexicon).one;
  const name = word.toLowerCase();
  const tags = Object.hasOwn(lexicon, name) ? lexicon[name]! : [];
  return (typeof tags === "string" ? [tags] : tags).some((tag) => nameTags.has(tag));
}
