"""Token ids of CLIP's reference tokenizers for packages/models.

Run: python tools/oracles/clip_tokenizer.py <bpe_simple_vocab_16e6.txt.gz> <captions.txt>
     (open_clip_torch, ftfy, transformers; writes packages/models/src/fixtures/clip-tokenizer.json)

The first file is OpenAI's, the second has one caption a line after the last tab. The fixture holds a SHA-256 of all ids of the
captions (int32, little-endian, without padding) by both references, and the ids of 200 texts made here.
"""

import gzip
import hashlib
import json
import pathlib
import struct
import sys

import open_clip
import transformers
from open_clip.tokenizer import SimpleTokenizer
from transformers import CLIPTokenizer

CONTEXT = 77
bpe, captions_file = sys.argv[1:3]
reference = SimpleTokenizer(bpe_path=bpe)
merges = gzip.open(bpe).read().decode("utf-8").split("\n")[1 : 49152 - 256 - 2 + 1]
merges = [tuple(merge.split()) for merge in merges]
vocab = {token.replace("<start_of_text>", "<|startoftext|>").replace("<end_of_text>", "<|endoftext|>"): id
         for token, id in reference.encoder.items()}
fast = CLIPTokenizer(vocab=vocab, merges=merges)


def by_open_clip(text):
    row = reference([text], context_length=CONTEXT)[0].tolist()
    return row[: row.index(reference.eot_token_id) + 1]


def by_transformers(text):
    return fast(text, truncation=True, max_length=CONTEXT)["input_ids"]


things = ["dog", "cats", "bicycle", "surfboard", "fire hydrant", "giraffe", "woman's hat", "teddy bear", "café", "jalapeño"]
places = ["on a skateboard", "in front of a T.V.", "at 10:45am", "near the children's zoo", "under a #3 sign", "by the 2nd-floor window"]
texts = [f"A {a} {p}, and {n} {b}." for n, (a, p) in enumerate((a, p) for a in things for p in places) for b in (things[n % 10],)]
texts += [f"There's {a.upper()} -- it's {n * 37} feet from the {b}!" for n, a in enumerate(things) for b in things[:6]]
texts += [f"I'm sure they've seen what we'll do & that he'd won't; {a}??? ({n}%)" for n, a in enumerate(things)]
texts += [" ".join([a] * n) for n, a in zip((30, 60, 76, 77, 90, 200), things)]
texts += [("a very long caption about a " + a + ", with many parts; ") * 12 for a in things]
texts += [
    "", " ", "\n\t", "a", "a photo of a cat", "A  RED\tdog\n runs", "x" * 300, "..,,!!", "don't 'quote' \"this\"", "100% $5.00 #1 @home", "1234567890",
    "a \U0001F415 on a \U0001F6F9", "\U0001F468\u200d\U0001F469\u200d\U0001F467 family", "flag \U0001F1EB\U0001F1F7!", "heart \u2764\ufe0f",
    "thumbs \U0001F44D\U0001F3FD up", "\U0001F600\U0001F600\U0001F600", "\u732b\u3068\u72ac", "\u043a\u043e\u0448\u043a\u0430 \u0438 \u0441\u043e\u0431\u0430\u043a\u0430",
    "\u0643\u0644\u0628", "\u03bf \u03c3\u03ba\u03cd\u03bb\u03bf\u03c2 \u03a3\u039a\u03a5\u039b\u039f\u03a3", "stra\u00dfe STRASSE", "\u0130stanbul", "na\u0131ve na\u00efve nai\u0308ve",
    "caf\u00e9 cafe\u0301", "\u00e5 a\u030a", "\u201ccurly\u201d \u2018quotes\u2019 it\u2019s", "dash \u2013 and \u2014 dash", "ellipsis\u2026",
    "o\ufb03ce \ufb01sh \ufb02y", "\uff26\uff35\uff2c\uff2c \uff57\uff49\uff44\uff54\uff48", "ideographic\u3000space", "no\u00a0break",
    "a &amp; b", "a &amp;amp; b", "&lt;b&gt;bold&lt;/b&gt;", "&quot;quoted&quot; &#39;text&#39;", "caf&eacute; &#233; &#xe9;", "5 &gt 3 &copy 2020",
    "a < b &amp; c", "&notanentity; &amp", "&hearts; &nbsp;x", "tom&jerry", "AT&T R&D", "line\r\nbreak\u2028here", "zero\u200bwidth", "soft\u00adhyphen",
    "tab\x0bvertical", "bell\x07 gone", "\ufeffmark", "H\u2082O x\u00b2 \u00bd", "\u2116 5 \u2122", "snake_case_word kebab-case-word", "http://a.b/c?d=e&f=g",
]
texts = texts[:200]
assert len(texts) == 200 and len(set(texts)) == 200, (len(texts), len(set(texts)))


def digest(encode, lines):
    sha = hashlib.sha256()
    for line in lines:
        ids = encode(line)
        sha.update(struct.pack(f"<{len(ids)}i", *ids))
    return sha.hexdigest()


captions = [line.split("\t")[-1] for line in pathlib.Path(captions_file).read_text("utf-8").split("\n") if line]
fixture = {
    "open_clip": open_clip.__version__,
    "transformers": transformers.__version__,
    "captions": len(captions),
    "captionsSha256": {"open_clip": digest(by_open_clip, captions), "hugging-face": digest(by_transformers, captions)},
    "texts": [{"text": text, "open_clip": by_open_clip(text), "hugging-face": by_transformers(text)} for text in texts],
}
root = pathlib.Path(__file__).resolve().parents[2]
path = root / "packages/models/src/fixtures/clip-tokenizer.json"
path.write_text(json.dumps(fixture) + "\n")
print(f"wrote {len(texts)} texts and the digest of {len(captions)} captions to {path.relative_to(root)}")
