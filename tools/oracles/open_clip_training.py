"""open_clip's training step on photos: the peer of `pnpm perf train --data <folder>`.

A child process of the benchmark: the first line of standard input is JSON, {"annotations", "images", "method", "batch", "threads", "texts"}, answered by {"version",
"merges"} with the file of OpenAI's merges; every further line asks for one step and is answered by {"milliseconds", "waited", "memory"}: the whole step, what it
waited for its batch, and the peak resident memory in bytes. Needs PyTorch 2 and open_clip_torch:

    python tools/oracles/open_clip_training.py

The model is open_clip's ViT-B-32 of random weights, images go through its transform for training and texts through its tokenizer, which pads to 77; a DataLoader of
one worker prepares batches meanwhile, as in open_clip's own loop (whose step this is: forward, ClipLoss, backward, AdamW, logit scale clamped). With the method
"mosaiclip" each image has a list of texts in `texts`, the first of them its caption: all are embedded, and the loss has them all in an image's denominator. With
"negclip" each image has one negative besides its caption.
"""

import json
import os
import resource
import sys
import time

import open_clip
import torch
from open_clip.loss import ClipLoss
from PIL import Image
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset


class Photos(Dataset):
    def __init__(self, request, transform, tokenizer):
        with open(request["annotations"]) as lines:
            self.records = [json.loads(line) for line in lines]
        self.images, self.texts = request["images"], request["texts"]
        self.several = request["method"] != "clip"
        self.transform, self.tokenizer = transform, tokenizer

    def __len__(self):
        return len(self.records)

    def __getitem__(self, index):
        record = self.records[index]
        image = self.transform(Image.open(os.path.join(self.images, record["file"])).convert("RGB"))
        texts = self.texts[index % len(self.texts)] if self.several else [record["captions"][index % len(record["captions"])]]
        return image, self.tokenizer(texts)


def together(samples):
    images, texts = zip(*samples)
    # Captions first, so that image i belongs to text i.
    return torch.stack(images), torch.cat([t[:1] for t in texts] + [t[1:] for t in texts])


def main():
    request = json.loads(sys.stdin.readline())
    torch.set_num_threads(request["threads"])
    torch.manual_seed(0)
    model, transform, _ = open_clip.create_model_and_transforms("ViT-B-32")
    tokenizer = open_clip.get_tokenizer("ViT-B-32")
    decayed = [p for p in model.parameters() if p.ndim >= 2]
    other = [p for p in model.parameters() if p.ndim < 2]
    optimizer = torch.optim.AdamW(
        [{"params": other, "weight_decay": 0.0}, {"params": decayed, "weight_decay": 0.2}],
        lr=1e-4, betas=(0.9, 0.98), eps=1e-6,
    )
    photos = Photos(request, transform, tokenizer)
    loader = DataLoader(
        photos, request["batch"], shuffle=True, num_workers=1, drop_last=True, collate_fn=together, persistent_workers=True
    )
    loss_of_pairs = ClipLoss()
    version = f"open_clip {open_clip.__version__}, PyTorch {torch.__version__}"
    merges = os.path.join(os.path.dirname(open_clip.__file__), "bpe_simple_vocab_16e6.txt.gz")
    print(json.dumps({"version": version, "merges": merges}), flush=True)
    batches = iter(loader)
    model.train()
    for _ in sys.stdin:
        start = time.perf_counter()
        images, texts = next(batches)
        waited = time.perf_counter() - start
        optimizer.zero_grad()
        image_features, text_features, scale = model(images, texts)
        if len(texts) == len(images):
            loss = loss_of_pairs(image_features, text_features, scale)
        else:
            logits = scale * image_features @ text_features.T
            targets = torch.arange(len(images))
            loss = (F.cross_entropy(logits, targets) + F.cross_entropy(logits[:, : len(images)].T, targets)) / 2
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            model.logit_scale.clamp_(0, 4.6052)
        loss.item()
        milliseconds = (time.perf_counter() - start) * 1000
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"milliseconds": milliseconds, "waited": waited * 1000, "memory": memory}), flush=True)


if __name__ == "__main__":
    main()
