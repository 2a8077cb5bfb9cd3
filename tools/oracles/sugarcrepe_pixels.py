"""SugarCrepe's swap_obj judged by transformers with torchvision's pixels, on a ViT-B/32 of seeded weights.

Run: python tools/oracles/sugarcrepe_pixels.py <photos folder> <swap_obj.json> <bpe_simple_vocab_16e6.txt.gz>
     (torch, torchvision, transformers; writes packages/models/src/fixtures/sugarcrepe-pixels.json)

Item i is judged on photo i mod n of the folder's `annotations.jsonl`. What is kept is each item's margin, the cosine of the true caption
less that of the false one: a difference in the pixels or the ids shows in it.
"""

import gzip
import json
import pathlib
import sys

import torch
import torchvision
import transformers
from PIL import Image
from PIL import __version__ as pillow
from torchvision.transforms import CenterCrop, Compose, InterpolationMode, Normalize, Resize, ToTensor
from transformers import CLIPConfig, CLIPModel, CLIPTokenizer

from seeded_weights import seeded

photos, items_file, bpe = map(pathlib.Path, sys.argv[1:4])
torch.set_num_threads(2)
MEAN, STD = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
transform = Compose([Resize(224, interpolation=InterpolationMode.BICUBIC), CenterCrop(224), ToTensor(), Normalize(MEAN, STD)])

lines = gzip.open(bpe).read().decode("utf-8").split("\n")[1 : 49152 - 256 - 2 + 1]
merges = [tuple(line.split()) for line in lines]
printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]  # the others are moved behind code point 255
alphabet = [chr(byte) for byte in printable] + [chr(256 + index) for index in range(256 - len(printable))]
tokens = alphabet + [letter + "</w>" for letter in alphabet] + ["".join(pair) for pair in merges] + ["<|startoftext|>", "<|endoftext|>"]
tokenizer = CLIPTokenizer(vocab={token: index for index, token in enumerate(tokens)}, merges=merges)

model = CLIPModel(CLIPConfig(text_config={"eos_token_id": 49407, "bos_token_id": 49406})).eval()
with torch.no_grad():
    for name, parameter in model.named_parameters():
        parameter.copy_(seeded(name, parameter.shape))


def unit(features):
    features = getattr(features, "pooler_output", features)
    return features / features.norm(dim=-1, keepdim=True)


files = [json.loads(line)["file"] for line in (photos / "annotations.jsonl").read_text().splitlines()]
items = list(json.loads(items_file.read_text()).values())
margins = []
with torch.no_grad():
    for first in range(0, len(items), 49):
        batch = list(enumerate(items))[first : first + 49]
        pixels = [transform(Image.open(photos / "images" / files[index % len(files)]).convert("RGB")) for index, _ in batch]
        images = unit(model.get_image_features(pixel_values=torch.stack(pixels)))
        texts = [text for _, item in batch for text in (item["caption"], item["negative_caption"])]
        inputs = tokenizer(texts, padding=True, truncation=True, max_length=77, return_tensors="pt")
        true, false = unit(model.get_text_features(**inputs)).reshape(len(batch), 2, -1).unbind(1)
        margins += ((images * (true - false)).sum(-1)).tolist()
fixture = {
    "reference": f"transformers {transformers.__version__}, torchvision {torchvision.__version__}, Pillow {pillow}",
    "items": len(items),
    "photos": len(files),
    "margins": [float(f"{margin:.6g}") for margin in margins],
}
path = pathlib.Path(__file__).parents[2] / "packages/models/src/fixtures/sugarcrepe-pixels.json"
path.write_text(json.dumps(fixture) + "\n")
sizes = sorted(map(abs, margins))
print(f"{sum(margin > 0 for margin in margins)} of {len(margins)} right; margins from {sizes[0]:.2e}, median {sizes[len(sizes) // 2]:.2e}")
