import type { BenchmarkResult } from "@tesserae/benchmarks";
import { parse } from "@tesserae/scene-graph";
import { choiceRecords, chooseExamples, type Example, examplesAt } from "./choose-examples.js";
import { compareGraphs, describeEdits } from "./compare-graphs.js";
import { drawEdits } from "./draw-edits.js";
import { escapeHtml } from "./escape-html.js";
import { hardestItems } from "./hardest-items.js";
import { pairCard, pairExamples } from "./pair-examples.js";
import { pairRecords } from "./pair-records.js";
import { name } from "./sections.js";
import type { Series } from "./series.js";

/** A picture as a data URI, or null when it is not here. */
export type Picture = (image: string) => Promise<string | null>;

/** Most of the hardest items that are shown of a benchmark, and of each of its kinds. */
const mostHardest = 16;
const hardestOfEachKind = 2;

/**
 * Examples of every benchmark whose items are choices between captions or pairs, and the style rules of their filter.
 */
export interface ExampleSection {
  readonly content: string;
  readonly rules: string;
}

/** The hardest items and those that tell models apart, with pictures and with the edits of their graphs; nothing where there are none. */
export async function exampleSection(
  results: readonly BenchmarkResult[],
  benchmarks: readonly string[],
  series: readonly Series[],
  picture: Picture,
  title: (benchmark: string) => string,
): Promise<ExampleSection | null> {
  const kinds: string[] = [];
  const kindOf = (benchmark: string, { group }: { readonly group?: string }) => {
    const kind = group ?? title(benchmark);
    if (!kinds.includes(kind)) kinds.push(kind);
    return { kind, place: kinds.indexOf(kind) };
  };
  const shown = async (image: string | undefined) => (image ? picture(image) : null);
  const tasks: string[] = [];
  for (const benchmark of benchmarks) {
    const own = results.filter((result) => result.benchmark === benchmark);
    const choices = own.filter((result) => choiceRecords(result) && result.values.accuracy);
    const pairs = own.filter((result) => pairRecords(result));
    const groups: string[] = [];
    for (const [heading, examples] of choiceExamples(choices)) {
      const cards = examples.map(async (example) =>
        card(example, kindOf(benchmark, example.item), await shown(example.item.images[0]), series),
      );
      groups.push(grid(heading, await Promise.all(cards)));
    }
    const cards = pairExamples(pairs, hardestOfEachKind).map(async (example) =>
      pairCard(example, kindOf(benchmark, example.item), await Promise.all(example.item.images.map(shown)), series),
    );
    groups.push(grid("The hardest, and those that tell models apart", await Promise.all(cards)));
    const content = groups.join("");
    if (content === "") continue;
    const open = tasks.length === 0 ? " open" : "";
    tasks.push(
      `<details class="task"${open}><summary><h3>${escapeHtml(title(benchmark))}</h3></summary>${content}</details>`,
    );
  }
  if (tasks.length === 0) return null;
  const intro =
    "The hardest items of each kind are those that most models get wrong, and miss by most. Below them, per task: items that the best " +
    "model gets right and the worst gets wrong, one that all get right, and items that the best gets wrong. Each graph is that of the " +
    "true caption, with the edits that lead to the false one: what is gone is struck through, what is new is underlined. Of a pair, " +
    '"text" is right where each picture chose its caption, "image" where each caption chose its picture.';
  return { content: `<p class="muted">${intro}</p>${filter(kinds)}${tasks.join("")}`, rules: filterRules(kinds) };
}

/** The examples of a benchmark of choices, under their headings. */
function choiceExamples(results: readonly BenchmarkResult[]): readonly [string, readonly Example[]][] {
  const hardest = examplesAt(results, hardestItems(results, hardestOfEachKind).slice(0, mostHardest));
  const shown = new Set(hardest.map(({ item }) => item.images[0]));
  const others = chooseExamples(results).filter(({ item }) => !shown.has(item.images[0]));
  return [
    ["The hardest", hardest],
    ["Right and wrong", others],
  ];
}

function grid(heading: string, cards: readonly string[]): string {
  if (cards.length === 0) return "";
  return `<div class="group"><h4>${heading}</h4><div class="examples">${cards.join("")}</div></div>`;
}

/** A choice of one kind of items, or of all; the page's style hides the others, so that no script is needed. */
function filter(kinds: readonly string[]): string {
  const choice = (id: string, label: string, checked = "") =>
    `<label for="${id}"><input type="radio" name="kind" id="${id}"${checked}>${escapeHtml(label)}</label>`;
  const all = choice("kind-all", "all kinds", " checked");
  return `<fieldset class="kinds"><legend>Show items of</legend>${all}${kinds.map((kind, place) => choice(`kind-${place}`, kind)).join("")}</fieldset>`;
}

function filterRules(kinds: readonly string[]): string {
  return kinds
    .map((_, place) => {
      const chosen = `section:has(#kind-${place}:checked)`;
      const lacks = `:not(:has(.kind-${place}))`;
      return `${chosen} :is(.example:not(.kind-${place}),.group${lacks},.task${lacks}){display:none}\n`;
    })
    .join("");
}

function card(
  { item, choices }: Example,
  { kind, place }: { readonly kind: string; readonly place: number },
  picture: string | null,
  series: readonly Series[],
): string {
  const truth = item.captions[item.correct] ?? "";
  const captions = item.captions.map((caption, index) => {
    const isTrue = index === item.correct;
    const chips = series.flatMap((one) => chip(one, choices, index));
    const chosen = chips.length > 0 ? `<div class="chosen">${chips.join("")}</div>` : "";
    return `<li class="${isTrue}">${escapeHtml(caption)}${isTrue ? ' <strong class="muted">true</strong>' : ""}${chosen}</li>`;
  });
  const image = picture === null ? "" : `<img src="${picture}" alt="${escapeHtml(truth)}">`;
  return (
    `<article class="example kind-${place}">${image}<p class="kind muted">${escapeHtml(kind)}</p>` +
    `<ol>${captions.join("")}</ol>${edits(truth, rival({ item, choices }))}</article>`
  );
}

/** Who chose this caption, and whether it counts as right. */
function chip({ models, ...one }: Series, choices: Example["choices"], caption: number): string[] {
  const own = choices.filter(({ model }) => models.includes(model));
  const by = own.filter(({ chosen }) => chosen === caption);
  if (by.length === 0) return [];
  const right = by.every((choice) => choice.right);
  const seeds = own.length > 1 ? ` (${by.length} of ${own.length} seeds)` : "";
  return [
    `<span class="badge ${right ? "good" : "bad"}">${name({ models, ...one })}: ${right ? "right" : "wrong"}${seeds}</span>`,
  ];
}

/** The false caption that most models chose; the first one where none did. */
function rival({ item, choices }: Example): string | undefined {
  const votes = (index: number) => choices.filter(({ chosen }) => chosen === index).length;
  const wrong = item.captions.map((_, index) => index).filter((index) => index !== item.correct);
  const [first] = wrong.sort((a, b) => votes(b) - votes(a) || a - b);
  return first === undefined ? undefined : item.captions[first];
}

function edits(truth: string, negative: string | undefined): string {
  if (negative === undefined) return "";
  const graph = compareGraphs(parse(truth), parse(negative));
  const said = describeEdits(graph);
  if (graph.objects.length === 0) return "";
  const summary = said.length === 0 ? "The graphs are equal: only the words differ." : said.join("; ");
  const drawn = drawEdits(graph, `Graph of "${truth}", edited to "${negative}"`);
  return `<figure>${drawn}<figcaption>${escapeHtml(summary)}</figcaption></figure>`;
}
