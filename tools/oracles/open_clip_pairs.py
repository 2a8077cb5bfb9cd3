"""open_clip's time for SugarCrepe-shaped work by a ViT-B/32 of random weights: a peer of `pnpm perf eval`.

A child process of the benchmark: the first line of standard input is JSON, {"texts", "images", "width", "height", "batch", "threads"}, and is
answered by {"version"}; every further line asks for the embeddings of all images and texts and is answered by {"milliseconds"}. Resizing, cropping
and tokenising count; images are decoded before. Needs PyTorch 2 and open_clip.
"""

import json
import sys
import time

import numpy as np
import open_clip
import torch
from PIL import Image

work = json.loads(sys.stdin.readline())
torch.set_num_threads(work["threads"])
torch.manual_seed(0)
model, _, preprocess = open_clip.create_model_and_transforms("ViT-B-32")
model.eval()
tokenizer = open_clip.get_tokenizer("ViT-B-32")
size, batch = work["width"] * work["height"] * 3, work["batch"]
images = [
    Image.fromarray((127 + 120 * np.sin(np.arange(size) * (0.001 + index * 0.0001))).astype(np.uint8).reshape(work["height"], work["width"], 3))
    for index in range(work["images"])
]
print(json.dumps({"version": f"PyTorch {torch.__version__}, open_clip {open_clip.__version__}"}), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    with torch.inference_mode():
        for first in range(0, len(images), batch):
            model.encode_image(torch.stack([preprocess(image) for image in images[first : first + batch]]), normalize=True)
        for first in range(0, len(work["texts"]), batch):
            model.encode_text(tokenizer(work["texts"][first : first + batch]), normalize=True)
    print(json.dumps({"milliseconds": 1000 * (time.perf_counter() - start)}), flush=True)
