"""Five updates of torch.optim.AdamW with clipping and decay on the matrix only; writes packages/optim/src/fixtures/adamw.json."""
import json
import pathlib

import torch

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
weight = torch.nn.Parameter(torch.randn(2, 3))
bias = torch.nn.Parameter(torch.randn(3))
start = {"weight": weight.tolist(), "bias": bias.tolist()}
optimizer = torch.optim.AdamW(
    [{"params": [weight], "weight_decay": 0.1}, {"params": [bias], "weight_decay": 0.0}], lr=0.01, betas=(0.9, 0.98), eps=1e-6
)
steps = []
for _ in range(5):
    weight.grad, bias.grad = torch.randn(2, 3), torch.randn(3)
    gradients = {"weight": weight.grad.tolist(), "bias": bias.grad.tolist()}
    norm = torch.nn.utils.clip_grad_norm_([weight, bias], 2.0)
    optimizer.step()
    steps.append({"gradients": gradients, "norm": norm.item(), "weight": weight.tolist(), "bias": bias.tolist()})
out = pathlib.Path(__file__).parents[2] / "packages/optim/src/fixtures/adamw.json"
out.write_text(json.dumps({"torch": torch.__version__, "start": start, "steps": steps}) + "\n")
