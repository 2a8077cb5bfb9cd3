"""PyTorch's time for CLIP's text tower, padded to 77: a peer of `pnpm perf text`.

A child process of the benchmark: the first line of standard input is JSON, {"texts": [[ids]], "threads": n}, and is answered
by {"version"}; every further line asks for one forward and backward of all texts and is answered by {"milliseconds"}. Needs
PyTorch 2 and nothing else. The tower is open_clip's: 12 causal residual blocks of width 512, fused attention, read at the end
token. Texts go through it in parts of 16, as in the padded variant beside it.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F

CONTEXT, WIDTH, HEADS, LAYERS, VOCABULARY, PART = 77, 512, 8, 12, 49408, 16


class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.ln_1, self.ln_2 = torch.nn.LayerNorm(WIDTH), torch.nn.LayerNorm(WIDTH)
        self.attn = torch.nn.MultiheadAttention(WIDTH, HEADS, batch_first=True)
        self.fc, self.proj = torch.nn.Linear(WIDTH, 4 * WIDTH), torch.nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x, mask):
        y = self.ln_1(x)
        x = x + self.attn(y, y, y, need_weights=False, attn_mask=mask, is_causal=True)[0]
        y = self.fc(self.ln_2(x))
        return x + self.proj(y * torch.sigmoid(1.702 * y))


class Tower(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.token = torch.nn.Embedding(VOCABULARY, WIDTH)
        self.position = torch.nn.Parameter(torch.randn(CONTEXT, WIDTH) * 0.01)
        self.blocks = torch.nn.ModuleList(Block() for _ in range(LAYERS))
        self.ln_final = torch.nn.LayerNorm(WIDTH)
        self.projection = torch.nn.Parameter(torch.randn(WIDTH, WIDTH) * WIDTH**-0.5)
        self.register_buffer("mask", torch.full((CONTEXT, CONTEXT), float("-inf")).triu(1))

    def forward(self, ids, ends):
        x = self.token(ids) + self.position
        for block in self.blocks:
            x = block(x, self.mask)
        x = self.ln_final(x)[torch.arange(len(ids)), ends]
        return F.normalize(x @ self.projection, dim=-1)


work = json.loads(sys.stdin.readline())
torch.set_num_threads(work["threads"])
torch.manual_seed(0)
tower = Tower()
ends = torch.tensor([len(text) - 1 for text in work["texts"]])
ids = torch.tensor([text + [0] * (CONTEXT - len(text)) for text in work["texts"]])
print(json.dumps({"version": torch.__version__}), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    tower.zero_grad(set_to_none=True)
    for first in range(0, len(ids), PART):
        embedded = tower(ids[first : first + PART], ends[first : first + PART])
        (embedded * torch.sin(torch.arange(embedded.numel()).view_as(embedded))).sum().backward()
    print(json.dumps({"milliseconds": 1000 * (time.perf_counter() - start)}), flush=True)
