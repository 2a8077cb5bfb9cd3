import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { createTokenizer, loadTokenizer, ModelError } from "@tesserae/models";
import { describe, expect, test } from "vitest";
import { byteCharacters } from "./byte-pair.js";

const corpus = ["a red dog is left of a blue cat.", "a red cat is left of a dog", "the dogs are red", "A  RED\tDog"];
const make = (vocabSize = 560, contextLength = 16) => createTokenizer({ corpus, vocabSize, contextLength });

test("frequent words become one token; start and end are the last ids", () => {
  const tokenizer = make();
  expect(tokenizer.vocabSize).toBeLessThanOrEqual(560);
  expect([tokenizer.startId, tokenizer.endId, tokenizer.padId]).toEqual([
    tokenizer.vocabSize - 2,
    tokenizer.vocabSize - 1,
    tokenizer.vocabSize - 1,
  ]);
  const ids = tokenizer.encode("a red dog");
  expect(ids).toHaveLength(5);
  expect(ids[0]).toBe(tokenizer.startId);
  expect(ids[4]).toBe(tokenizer.endId);
  expect(ids[1]).toBe(256 + 64); // "a" as a word: the 65th printable byte, in the half of word ends
});

test("merges come in order of frequency, equal ones in alphabetical order, whatever the order of the corpus", () => {
  const { merges } = createTokenizer({ corpus: ["ab ab ab cd cd ba"], vocabSize: 514 + 3 }).toJSON().model;
  expect(merges).toEqual(["a b</w>", "c d</w>"]); // "b a</w>" occurs once
  const reversed = createTokenizer({ corpus: [...corpus].reverse(), vocabSize: 560 });
  expect(reversed.toJSON().model.merges).toEqual(createTokenizer({ corpus, vocabSize: 560 }).toJSON().model.merges);
});

test.each([
  ["a red dog", "a red dog"],
  ["  A  Red\nDOG ", "a red dog"],
  ["zebra crossing 42!", "zebra crossing 4 2 !"],
  ["caf\u00e9 \u{1F415}\u{1F3FD} \u732b", "caf\u00e9 \u{1F415}\u{1F3FD} \u732b"],
  ["cafe\u0301", "caf\u00e9"],
  ["it's the dog's", "it 's the dog 's"],
  ["", ""],
])("decodes %j to %j", (text, expected) => {
  const tokenizer = make(560, 64);
  expect(tokenizer.decode(tokenizer.encode(text))).toBe(expected);
});

test("a text that is too long is cut and keeps its end token", () => {
  const tokenizer = make(560, 6);
  const ids = tokenizer.encode("a red dog is left of a blue cat");
  expect(ids).toHaveLength(6);
  expect(ids[5]).toBe(tokenizer.endId);
  expect(ids.slice(0, 5)).toEqual(make(560, 64).encode("a red dog is left of a blue cat").slice(0, 5));
});

test("start and end in the text are text, not tokens", () => {
  const tokenizer = make(560, 64);
  const ids = tokenizer.encode("<|endoftext|> a").slice(1, -1);
  expect(ids).not.toContain(tokenizer.endId);
});

test("survives its JSON form, with merges as strings or as pairs", () => {
  const tokenizer = make();
  const json = JSON.parse(JSON.stringify(tokenizer));
  const pairs = {
    ...json,
    model: { ...json.model, merges: json.model.merges.map((merge: string) => merge.split(" ")) },
  };
  for (const form of [json, pairs]) {
    const loaded = loadTokenizer(form);
    expect(loaded.toJSON()).toEqual(tokenizer.toJSON());
    for (const text of [...corpus, "unseen words \u{1F415}"])
      expect(loaded.encode(text)).toEqual(tokenizer.encode(text));
  }
});

test("refuses what is no CLIP tokenizer", () => {
  const json = JSON.parse(JSON.stringify(make()));
  expect(() => loadTokenizer({})).toThrow(ModelError);
  expect(() => loadTokenizer({ ...json, model: { ...json.model, type: "WordPiece" } })).toThrow(
    'tokenizer.json: model.type "BPE" with end_of_word_suffix "</w>" is expected, as in CLIP; found "WordPiece" with "</w>".',
  );
  const { "a</w>": _, ...cut } = json.model.vocab;
  expect(() => loadTokenizer({ ...json, model: { ...json.model, vocab: cut } })).toThrow(
    /the ids of model.vocab are not 0 to \d+, each used once/,
  );
  expect(() => loadTokenizer({ ...json, model: { ...json.model, merges: ["q z"] } })).toThrow(
    'tokenizer.json: model.merges[0] is "q z", no pair of the vocabulary.',
  );
  expect(() => make(100)).toThrow("createTokenizer: vocabSize is 100; at least 514 are needed.");
  expect(() => make(560, 2)).toThrow("A tokenizer's contextLength is 2; at least 3 are needed: start, a token, end.");
});

describe("with OpenAI's merges", () => {
  const file = new URL("../../../../shared/data/clip/bpe_simple_vocab_16e6.txt.gz", import.meta.url);
  const present = existsSync(file);
  if (!present) console.log(`Skipped: ${file.pathname} is not there.`);

  test.skipIf(!present)("gives CLIP's ids", () => {
    const merges = gunzipSync(readFileSync(file)).toString("utf8").split("\n").slice(1, 48_895);
    const words = [
      ...byteCharacters,
      ...byteCharacters.map((byte) => `${byte}</w>`),
      ...merges.map((merge) => merge.replace(" ", "")),
    ];
    const vocab = Object.fromEntries([...words, "<|startoftext|>", "<|endoftext|>"].map((token, id) => [token, id]));
    const tokenizer = loadTokenizer({
      model: { type: "BPE", end_of_word_suffix: "</w>", vocab, merges },
      truncation: { max_length: 77 },
    });
    expect([tokenizer.vocabSize, tokenizer.startId, tokenizer.endId]).toEqual([49408, 49406, 49407]);
    expect([...tokenizer.encode("a photo of a cat")]).toEqual([49406, 320, 1125, 539, 320, 2368, 49407]);
    expect([...tokenizer.encode("a diagram")]).toEqual([49406, 320, 22697, 49407]);
    expect([...tokenizer.encode("hello world!")]).toEqual([49406, 3306, 1002, 256, 49407]);
  });
});
