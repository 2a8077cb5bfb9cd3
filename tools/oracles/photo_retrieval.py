"""A seeded CLIP of random weights on photos and captions, by transformers: saves model, embeddings and retrieval numbers.

    python tools/oracles/photo_retrieval.py <photos> <bpe_simple_vocab_16e6.txt.gz> <out>

<photos> holds annotations.jsonl (file, captions) and images/. Into <out> go model/ (Hugging Face), embeddings.npz (for `bench run --model`),
karpathy.json (the photos in the form of `retrieval/coco`) and expected.json: R@1, 5, 10 in both directions by NumPy, and the place of every
query's best right answer.
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from transformers import CLIPConfig, CLIPModel, CLIPTokenizer
from transformers.convert_slow_tokenizer import bytes_to_unicode

photos, bpe, out = (Path(argument) for argument in sys.argv[1:4])
out.mkdir(parents=True, exist_ok=True)
merges = [tuple(merge.split()) for merge in gzip.open(bpe).read().decode("utf-8").split("\n")[1 : 49152 - 256 - 2 + 1]]
letters = list(bytes_to_unicode().values())
vocabulary = letters + [letter + "</w>" for letter in letters] + ["".join(merge) for merge in merges]
vocabulary += ["<|startoftext|>", "<|endoftext|>"]
tokenizer = CLIPTokenizer(vocab={token: index for index, token in enumerate(vocabulary)}, merges=merges)

torch.manual_seed(3)
tower = {"hidden_size": 192, "intermediate_size": 768, "num_hidden_layers": 4, "num_attention_heads": 4}
config = CLIPConfig(
    text_config={**tower, "eos_token_id": 49407, "bos_token_id": 49406, "pad_token_id": 49407},
    vision_config={**tower, "image_size": 224, "patch_size": 32},
    projection_dim=128,
)
model = CLIPModel(config).eval()
with torch.no_grad():
    for parameter in model.parameters():  # larger weights than the default, so that photos are told apart
        if parameter.dim() > 1:
            parameter.mul_(3)
model.save_pretrained(out / "model")
tokenizer.save_pretrained(out / "model")

records = [json.loads(line) for line in (photos / "annotations.jsonl").read_text().splitlines()]
records = [record for record in records if record["captions"]]
names = [record["file"] for record in records]
captions = [caption for record in records for caption in record["captions"]]
owner = np.array([index for index, record in enumerate(records) for _ in record["captions"]])
MEAN = np.array([0.48145466, 0.4578275, 0.40821073], dtype=np.float32)
STD = np.array([0.26862954, 0.26130258, 0.27577711], dtype=np.float32)


def preprocess(image, size=224):
    """CLIP's own transform (torchvision: Resize, CenterCrop). The processor of transformers crops one pixel off where a side is odd."""
    width, height = image.size
    short = min(width, height)
    image = image.resize((int(size * width / short), int(size * height / short)), Image.BICUBIC)
    left, top = (int(round((side - size) / 2.0)) for side in image.size)
    pixels = np.asarray(image.crop((left, top, left + size, top + size)), dtype=np.float32) / 255
    return torch.tensor(((pixels - MEAN) / STD).transpose(2, 0, 1))



def features(output):
    return output if torch.is_tensor(output) else output.pooler_output


with torch.no_grad():
    image_rows, text_rows = [], []
    for start in range(0, len(names), 32):
        batch = [Image.open(photos / "images" / name).convert("RGB") for name in names[start : start + 32]]
        image_rows.append(features(model.get_image_features(pixel_values=torch.stack([preprocess(image) for image in batch]))).numpy())
    for start in range(0, len(captions), 64):
        tokens = tokenizer(captions[start : start + 64], padding=True, truncation=True, max_length=77, return_tensors="pt")
        text_rows.append(features(model.get_text_features(**tokens)).numpy())
images, texts = np.concatenate(image_rows), np.concatenate(text_rows)
unique = {caption: texts[index] for index, caption in enumerate(captions)}
np.savez(out / "embeddings.npz", images=images, texts=np.stack(list(unique.values())), image_names=np.array(names), captions=np.array(list(unique)))
(out / "karpathy.json").write_text(json.dumps([{"image": record["file"], "caption": record["captions"]} for record in records]))

unit = lambda rows: rows.astype(np.float64) / np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
scores = unit(images) @ unit(texts).T
best = np.array([scores[i][owner == i].max() for i in range(len(names))])
ahead_text = [int((scores[i][owner != i] > best[i]).sum()) for i in range(len(names))]
ahead_image = [int((np.delete(scores[:, j], owner[j]) > scores[owner[j], j]).sum()) for j in range(len(captions))]
recall = lambda ahead, k: float(np.mean(np.array(ahead) < k))
expected = {f"imageToText@{k}": recall(ahead_text, k) for k in (1, 5, 10)}
expected |= {f"textToImage@{k}": recall(ahead_image, k) for k in (1, 5, 10)}
(out / "expected.json").write_text(json.dumps({"metrics": expected, "imageToText": ahead_text, "textToImage": ahead_image}))
print(len(names), "photos,", len(captions), "captions;", expected)
