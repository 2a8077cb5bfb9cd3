"""The CLIP training step that `pnpm perf engine` measures, in PyTorch.

A child process of the benchmark: the first line of standard input is the size as JSON; every further line asks for one step (forward, backward, AdamW),
which is answered by a line of JSON: {"milliseconds", "loss", "memory"} with the peak resident memory in bytes. Needs PyTorch 2 and nothing else:

    python tools/oracles/clip_step.py

With "device" in the size, such as "cuda", it runs there, the copy of the batch included. With "compile" in the size, both towers go through torch.compile, which needs a C++ compiler.

The work is that of @tesserae/models: pre-normalised blocks, exact GELU, mean of the image tokens or the class token, the text read at its last token, and
a last layer that is computed only where it is read.
"""

import json
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query, self.key_value = nn.Linear(width, width), nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x, causal, read=None):
        """x is [batch, length, width]; with `read`, a position, the result is [batch, 1, width]."""
        split = lambda y: y.unflatten(-1, (self.heads, -1)).transpose(1, 2)
        normal = self.norm1(x)
        stream, asking = (x, normal) if read is None else (x[:, read, None], normal[:, read, None])
        key, value = self.key_value(normal).chunk(2, -1)
        mixed = F.scaled_dot_product_attention(
            split(self.query(asking)), split(key), split(value), is_causal=causal and read is None
        )
        stream = stream + self.out(mixed.transpose(1, 2).flatten(2))
        return stream + self.down(F.gelu(self.up(self.norm2(stream))))


class Clip(nn.Module):
    def __init__(self, vision, text, embedDim):
        super().__init__()
        self.patch, self.classToken = vision["patchSize"], vision["pool"] == "class"
        width = vision["width"]
        tokens = (vision["imageSize"] // self.patch) ** 2
        self.patches = nn.Linear(3 * self.patch**2, width, bias=False)
        if self.classToken:
            self.token = nn.Parameter(torch.randn(width) * width**-0.5)
        self.image_position = nn.Parameter(torch.randn(tokens + self.classToken, width) * width**-0.5)
        self.pre_norm, self.post_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.image_blocks = nn.ModuleList(Block(width, vision["heads"]) for _ in range(vision["layers"]))
        self.image_projection = nn.Linear(width, embedDim, bias=False)
        width = text["width"]
        self.embedding = nn.Embedding(text["vocabSize"], width)
        self.text_position = nn.Parameter(torch.randn(text["contextLength"], width) * 0.01)
        self.text_blocks = nn.ModuleList(Block(width, text["heads"]) for _ in range(text["layers"]))
        self.final_norm = nn.LayerNorm(width)
        self.text_projection = nn.Linear(width, embedDim, bias=False)
        self.logit_scale = nn.Parameter(torch.tensor(1 / 0.07).log())

    def image(self, pixels):
        x = pixels.unfold(1, self.patch, self.patch).unfold(2, self.patch, self.patch).flatten(3).flatten(1, 2)
        x = self.patches(x)
        if self.classToken:
            x = torch.cat([self.token.expand(x.shape[0], 1, -1), x], 1)
        x = self.pre_norm(x + self.image_position)
        for index, block in enumerate(self.image_blocks):
            last = index == len(self.image_blocks) - 1
            x = block(x, False, 0 if last and self.classToken else None)
        pooled = x[:, 0] if self.classToken else x.mean(1)
        return F.normalize(self.image_projection(self.post_norm(pooled)), dim=-1)

    def text(self, ids):
        x = self.embedding(ids) + self.text_position
        for index, block in enumerate(self.text_blocks):
            x = block(x, True, -1 if index == len(self.text_blocks) - 1 else None)
        return F.normalize(self.text_projection(self.final_norm(x[:, 0])), dim=-1)


def main():
    size = json.loads(sys.stdin.readline())
    torch.set_num_threads(size["threads"])
    torch.manual_seed(0)
    device = torch.device(size.get("device", "cpu"))
    model = Clip(size["vision"], size["text"], size["embedDim"]).to(device)
    if size.get("compile"):
        model.image, model.text = torch.compile(model.image), torch.compile(model.text)
    decayed = [parameter for parameter in model.parameters() if parameter.dim() >= 2]
    other = [parameter for parameter in model.parameters() if parameter.dim() < 2]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.1}, {"params": other, "weight_decay": 0.0}],
        lr=1e-4, betas=(0.9, 0.98), eps=1e-6,
    )
    batch, side = size["batch"], size["vision"]["imageSize"]
    generator = torch.Generator().manual_seed(1)
    targets = torch.arange(batch, device=device)
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"
    print(json.dumps({"version": f"{torch.__version__}, {name}"}), flush=True)
    for _ in sys.stdin:
        pixels = torch.randn(batch, side, side, 3, generator=generator)
        ids = torch.randint(0, size["text"]["vocabSize"], (batch, size["text"]["contextLength"]), generator=generator)
        start = time.perf_counter()
        pixels, ids = pixels.to(device), ids.to(device)
        optimizer.zero_grad(set_to_none=True)
        logits = model.logit_scale.exp() * model.image(pixels) @ model.text(ids).T
        loss = (F.cross_entropy(logits, targets) + F.cross_entropy(logits.T, targets)) / 2
        loss.backward()
        optimizer.step()
        value = loss.item()
        milliseconds = (time.perf_counter() - start) * 1000
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"milliseconds": milliseconds, "loss": value, "memory": memory}), flush=True)


if __name__ == "__main__":
    main()
