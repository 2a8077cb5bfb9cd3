"""Tokenizers in the layouts of BERT and Gemma 2, and CLIP's with added tokens, by Hugging Face's own library.

Run: python tools/oracles/tokenizer_layouts.py   (tokenizers, transformers)
Writes packages/models/src/fixtures/tokenizers/*.json: a small `tokenizer.json` trained on the captions below, and the ids of the texts.
"""
import json
import pathlib

import tokenizers
import transformers
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

CAPTIONS = [
    "A red dog sits on a wooden bench.", "Two cats are sleeping under the table.", "A man is riding a bicycle down the street.",
    "A woman holds an umbrella in the rain.", "The dog's bone lies beside the sleeping cats.", "Three birds fly above the red table.",
    "A bench stands under a wooden bicycle.", "The woman is sleeping in the street.", "A man sits beside a red umbrella.",
    "Birds and dogs and cats are in the rain.", "An unbelievable number of wooden tables.", "The rider's bicycle is redder than the bench.",
] * 3
TEXTS = [
    "a red dog", "A RED Dog!", "two cats, sleeping", "unbelievably wooden", "  white   space\tand\nlines ", "", "café naïve Ångström",
    "日本語 text", "emoji 🐕🏽 here", "it's the dog's bone", "1234 5.6%", "ΟΔΟΣ σίγμα", "hyphen-ated word", "don't", "[MASK] is a word",
    "<bos> is not text", "ÉCOLE cafe\u0301", "a\u00a0b\u200bc", "tab\there", "quote \u201cyes\u201d \u2019s", "x" * 120, "\u0000null", "the " * 30,
    "rain, rain; rain: rain.", "A man (and a woman) [ride].", "ａ ｆｕｌｌ ｗｉｄｔｈ", "½ of ²", "한국어 말", "עברית שלום", "สวัสดี",
]
FOLDER = pathlib.Path(__file__).parents[2] / "packages/models/src/fixtures/tokenizers"


def write(name, tokenizer, texts=TEXTS):
    tokenizer.no_truncation()
    content = json.loads(tokenizer.to_str())
    ids = [tokenizer.encode(text).ids for text in texts]
    decoded = [tokenizer.decode(one, skip_special_tokens=True) for one in ids]
    versions = f"tokenizers {tokenizers.__version__}"
    cases = [{"text": text, "ids": one, "decoded": back} for text, one, back in zip(texts, ids, decoded)]
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps({"reference": versions, "tokenizer": content, "cases": cases}) + "\n")


def bert(lowercase):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator(CAPTIONS, trainers.WordPieceTrainer(vocab_size=220, special_tokens=special, show_progress=False))
    ends = [(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=ends)
    return tokenizer


def gemma():
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    tokenizer.normalizer = normalizers.Replace(" ", "\u2581")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    tokenizer.decoder = decoders.Sequence([decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse()])
    special = ["<pad>", "<eos>", "<bos>", "<unk>"]
    byte_tokens = [f"<0x{byte:02X}>" for byte in range(256)]
    tokenizer.train_from_iterator(CAPTIONS, trainers.BpeTrainer(vocab_size=460, special_tokens=special + byte_tokens, show_progress=False))
    content = json.loads(tokenizer.to_str())
    content["added_tokens"] = [token for token in content["added_tokens"] if token["content"] in special]  # bytes are plain tokens, as Gemma's
    tokenizer = Tokenizer.from_str(json.dumps(content))
    tokenizer.post_processor = processors.TemplateProcessing(single="<bos> $A", pair="<bos> $A <bos>:1 $B:1", special_tokens=[("<bos>", 2)])
    return tokenizer


def clip_with_added_tokens():
    """CLIP's layout as transformers writes it, with tokens added that stand in texts as a whole."""
    tokenizer = Tokenizer(models.BPE(unk_token="<|endoftext|>", end_of_word_suffix="</w>", continuing_subword_prefix="", fuse_unk=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    pattern = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(pattern), behavior="removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(CAPTIONS, trainers.BpeTrainer(
        vocab_size=640, initial_alphabet=alphabet, end_of_word_suffix="</w>", show_progress=False, special_tokens=[]))
    content = json.loads(tokenizer.to_str())
    merges = [pair if isinstance(pair, list) else pair.split(" ") for pair in content["model"]["merges"]]
    tokens = alphabet + [letter + "</w>" for letter in alphabet]
    tokens += [left + right for left, right in merges if left + right not in tokens] + ["<|startoftext|>", "<|endoftext|>"]
    content["model"]["vocab"] = {token: index for index, token in enumerate(tokens)}
    tokenizer = Tokenizer.from_str(json.dumps(content))
    start, end = (len(tokens) - 2, len(tokens) - 1)
    tokenizer.post_processor = processors.RobertaProcessing(
        ("<|endoftext|>", end), ("<|startoftext|>", start), trim_offsets=False, add_prefix_space=False)
    tokenizer.add_tokens([
        tokenizers.AddedToken("<photo>", normalized=False, special=True), tokenizers.AddedToken("DocMNIST", normalized=True),
        tokenizers.AddedToken("<wide>", lstrip=True, rstrip=True, normalized=False), tokenizers.AddedToken("cat", single_word=True, normalized=False)])
    return tokenizer


if __name__ == "__main__":
    write("bert-uncased", bert(True))
    write("bert-cased", bert(False))
    write("gemma", gemma())
    write("clip-added-tokens", clip_with_added_tokens(), [
        "a <photo> of a dog", "<photo><photo>", "docmnist and DocMNIST and DOCMNIST", "red <wide> dog", "cat cats concat cat.", "<Photo> a", "A<photo>B",
        "a dog", "", "the " * 20, "photo > <photo", "a cat\u0301"])
    print("transformers", transformers.__version__, "tokenizers", tokenizers.__version__)
