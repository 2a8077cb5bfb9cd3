"""CLIP's preprocessing by Pillow and torchvision on small images; writes packages/models/src/fixtures/clip-preprocess.json.

Run: python tools/oracles/clip_preprocess.py   (pillow, torchvision)

Images are made by a formula that the test repeats: byte i of image n is (i * 73 + i^2 * 7 + n * 31) mod 256, or, for smooth ones,
255 * (0.5 + 0.5 sin(i / 9 + n)) rounded down. `resized` are Pillow's bytes; `pixels` is what torchvision's transform gives.
"""
import json
import math
import pathlib

import numpy as np
import PIL
import torchvision
from PIL import Image
from torchvision.transforms import CenterCrop, Compose, InterpolationMode, Normalize, Resize, ToTensor

MEAN, STD = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)


def make(n, width, height, smooth):
    count = width * height * 3
    if smooth:
        values = [math.floor(255 * (0.5 + 0.5 * math.sin(i / 9 + n))) for i in range(count)]
    else:
        values = [(i * 73 + i * i * 7 + n * 31) % 256 for i in range(count)]
    return Image.fromarray(np.array(values, dtype=np.uint8).reshape(height, width, 3))


sizes = [(23, 17, 8), (31, 9, 8), (8, 8, 8), (17, 23, 8), (5, 7, 12), (40, 40, 6), (13, 8, 8), (64, 48, 10), (1, 3, 4)]
cases = []
for n, (width, height, size) in enumerate(sizes):
    for smooth in (False, True):
        image = make(n, width, height, smooth)
        short = min(width, height)
        shape = [size if side == short else int(size * side / short) for side in (width, height)]
        transform = Compose([Resize(size, interpolation=InterpolationMode.BICUBIC), CenterCrop(size), ToTensor(), Normalize(MEAN, STD)])
        pixels = transform(image).permute(1, 2, 0)
        cases.append({
            "n": n, "width": width, "height": height, "smooth": smooth, "size": size, "shape": shape,
            "resized": np.asarray(image.resize(shape, Image.BICUBIC)).flatten().tolist(),
            "pixels": [round(x, 6) for x in pixels.flatten().tolist()],
        })
root = pathlib.Path(__file__).resolve().parents[2]
path = root / "packages/models/src/fixtures/clip-preprocess.json"
path.write_text(json.dumps({"pillow": PIL.__version__, "torchvision": torchvision.__version__.split("+")[0], "cases": cases}) + "\n")
print(f"wrote {len(cases)} cases to {path.relative_to(root)}")
