import { readFileSync } from "node:fs";
import { createTokenizer, loadTokenizer, type TokenizerJson, wordPieceTokenizer } from "@tesserae/models";
import { describe, expect, test } from "vitest";

/** Written by tools/oracles/tokenizer_layouts.py. */
interface Fixture {
  readonly tokenizer: TokenizerJson;
  readonly cases: readonly { readonly text: string; readonly ids: readonly number[]; readonly decoded: string }[];
}

const fixture = (name: string): Fixture =>
  JSON.parse(readFileSync(new URL(`../fixtures/tokenizers/${name}.json`, import.meta.url), "utf8"));

describe.each(["bert-uncased", "bert-cased", "gemma"])("%s", (name) => {
  const { tokenizer: json, cases } = fixture(name);

  test.each(cases)("gives the ids of Hugging Face's library: $text", ({ text, ids }) => {
    expect(Array.from(loadTokenizer(json).encode(text))).toEqual(ids);
  });

  test("decodes as Hugging Face's library does, but for white space at the ends", () => {
    const tokenizer = loadTokenizer(json);
    const decoded = cases.map(({ ids }) => tokenizer.decode(ids));
    expect(decoded).toEqual(cases.map(({ decoded }) => decoded.trim()));
  });
});

test("special tokens are known, and a text that is cut keeps its end", () => {
  const bert = loadTokenizer(fixture("bert-uncased").tokenizer, { contextLength: 6 });
  expect([bert.startId, bert.endId, bert.padId, bert.contextLength]).toEqual([2, 3, 0, 6]);
  expect(bert.encode("unbelievably wooden")).toEqual(Int32Array.of(2, 143, 101, 36, 37, 3));
  const gemma = loadTokenizer(fixture("gemma").tokenizer, { contextLength: 3 });
  expect([gemma.startId, gemma.endId, gemma.padId, gemma.vocabSize]).toEqual([2, 1, 0, 460]);
  expect(gemma.encode("two cats")).toEqual(Int32Array.of(2, 281, 298));
  expect(() => loadTokenizer(fixture("bert-uncased").tokenizer, { contextLength: 2 })).toThrow(
    "A tokenizer's contextLength is 2; at least 3 are needed: 2 special tokens and one of the text.",
  );
});

test("what a file says of cutting and padding does not change the ids", () => {
  const { tokenizer: json, cases } = fixture("bert-uncased");
  const saved = {
    ...json,
    truncation: { max_length: 16, strategy: "LongestFirst", stride: 0, direction: "Right" },
    padding: { strategy: { Fixed: 16 }, direction: "Right", pad_id: 0, pad_type_id: 0, pad_token: "[PAD]" },
  };
  const long = cases.find(({ ids }) => ids.length > 16)!;
  expect(Array.from(loadTokenizer(saved, { contextLength: 77 }).encode(long.text))).toEqual(long.ids);
  expect(loadTokenizer(saved).contextLength).toBe(16); // where no model says how long texts may be
});

test("a BERT's vocab.txt, with either line ending, gives the ids of its tokenizer.json", () => {
  const { tokenizer: json, cases } = fixture("bert-uncased");
  const tokens = Object.entries(json.model.vocab as Record<string, number>).sort(([, a], [, b]) => a - b);
  for (const lineEnd of ["\n", "\r\n"]) {
    const tokenizer = wordPieceTokenizer(tokens.map(([token]) => token + lineEnd).join(""));
    for (const { text, ids } of cases) expect(Array.from(tokenizer.encode(text))).toEqual(ids);
    expect(tokenizer.contextLength).toBe(512);
  }
  expect(() => wordPieceTokenizer("a\nb\n")).toThrow("vocab.txt lacks [PAD];");
});

describe("added tokens in CLIP's layout", () => {
  const { tokenizer: json, cases } = fixture("clip-added-tokens");

  test.each(cases)("stand in a text as a whole: $text", ({ text, ids }) => {
    expect(Array.from(loadTokenizer(json).encode(text))).toEqual(ids);
  });

  test("count as ids, are kept and decoded", () => {
    const tokenizer = loadTokenizer(json);
    expect(tokenizer.vocabSize).toBe(628);
    expect(loadTokenizer(JSON.parse(JSON.stringify(tokenizer.toJSON()))).encode("a <photo>")).toEqual(
      Int32Array.of(622, 320, 624, 623),
    );
    expect(tokenizer.decode([622, 320, 624, 593, 623])).toBe("a <photo> of");
  });
});

test("says what is no tokenizer, and what is another's option", () => {
  expect(() => loadTokenizer({})).toThrow(
    "tokenizer.json: a model with its type and vocab is expected, as Hugging Face writes it; found undefined.",
  );
  expect(() => loadTokenizer({ model: { type: "Dream", vocab: { a: 0 } } })).toThrow("tokenizer.json cannot be read:");
  expect(() => loadTokenizer(fixture("gemma").tokenizer, { cleaning: "open_clip" })).toThrow(
    'loadTokenizer: cleaning is for CLIP\'s layout; this one is a "BPE".',
  );
  const own = createTokenizer({ corpus: ["a"], vocabSize: 514 });
  expect(loadTokenizer(own.toJSON(), { cleaning: "open_clip" }).encode("a")).toEqual(own.encode("a"));
});
