import compromise from "compromise/two";
import { memoise } from "./memoise.js";
import { pastLemma, type ToInfinitive, verbLemma } from "./verb-forms.js";

/** A compromise plug-in: words, tags, methods. See compromise's documentation. */
export type CompromisePlugin = object;

/** What the parser takes from compromise: its lexicon with the expanded word forms, its conjugation models. */
export interface LanguageModel {
  /** compromise's tags of a word in isolation, its ambiguity ("Noun|Verb") among them. */
  readonly tagsOf: (word: string) => readonly string[];
  readonly verbLemma: (word: string) => string;
  readonly pastLemma: (word: string) => string;
}

/** The parts of compromise's world that are read here; its published types leave them open. */
interface World {
  readonly methods: {
    readonly two: {
      readonly transform: {
        readonly verb: { toInfinitive(word: string, model: World["model"], tense: string): string };
      };
    };
  };
  readonly model: {
    readonly one: { readonly lexicon: Record<string, string | string[]> };
    readonly two: {
      readonly switches: Record<string, string>;
      readonly suffixPatterns: (Record<string, string> | null)[];
    };
  };
}

/** A copy of compromise's world that plug-ins may change without changing it for anybody else. */
function privateWorld(plugins: readonly CompromisePlugin[]): World {
  const base = compromise.world() as unknown as Record<string, Record<string, object>>;
  const copy = (value: unknown): unknown =>
    value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]))
      : value;
  const world = {
    ...base,
    model: copy(base.model),
    methods: copy(base.methods),
    compute: { ...base.compute },
  } as unknown as World;
  const holder = Object.assign(() => undefined, compromise, {
    _world: world,
    world: () => world,
    model: () => world.model,
    methods: () => world.methods,
  });
  for (const plugin of plugins) holder.plugin(plugin);
  return world;
}

/** Reads compromise. With plug-ins, a private copy of it is made, so that parsers do not see each other's words. */
export function createLanguageModel(plugins: readonly CompromisePlugin[] = []): LanguageModel {
  const world = plugins.length > 0 ? privateWorld(plugins) : (compromise.world() as unknown as World);
  const { lexicon } = world.model.one;
  const { switches, suffixPatterns } = world.model.two;
  const infinitive: ToInfinitive = (word, tense) =>
    world.methods.two.transform.verb.toInfinitive(word, world.model, tense);
  const bySuffix = (word: string): string[] => {
    for (let length = Math.min(7, word.length - 1); length > 1; length--) {
      const tag = suffixPatterns[length]?.[word.slice(-length)];
      if (tag !== undefined) return [tag];
    }
    return [];
  };
  return {
    tagsOf(word) {
      const known = Object.hasOwn(lexicon, word) ? lexicon[word]! : undefined;
      const tags = known === undefined ? [] : typeof known === "string" ? [known] : [...known];
      if (Object.hasOwn(switches, word)) tags.push(...switches[word]!.split("|"));
      return tags.length > 0 ? tags : bySuffix(word);
    },
    verbLemma: memoise((word) => verbLemma(word, infinitive)),
    pastLemma: memoise((word) => pastLemma(word, infinitive)),
  };
}
