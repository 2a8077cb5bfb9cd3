"""Values and gradients of the losses on regions, patches and tokens, made with PyTorch.

Run: python tools/oracles/region_losses.py   (PyTorch 2.x; writes packages/losses/src/fixtures/region-losses.json)

ViLLA's stage 1 as the paper's formula and as villa/losses/stage1_losses.py, its stage 2 as stage2_losses.py and with equal texts
as positives; FSC-CLIP's local term as src/training/losses/loss.py, `Local_HNLoss`. Written from these sources and not from the
TypeScript.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(20240602)
torch.set_default_dtype(torch.float64)
single = lambda x: x.float().double()


def stage_1(scores, labels, code, temperature=0.07):
    s = scores.max(1)[0] / temperature  # best region of each image
    losses = []
    for i in range(labels.shape[0]):
        for k in range(labels.shape[1]):
            if labels[i, k] == 0:
                continue
            if code:
                neg = 1 - labels[:, k]
                denominator = torch.exp(s[i, k]) + torch.exp(s[:, k] * neg).sum()
            else:
                denominator = torch.exp(s[i, k]) + torch.exp(s[:, k])[labels[:, k] == 0].sum()
            losses.append(-torch.log(torch.exp(s[i, k]) / denominator))
    return torch.stack(losses).mean()


def stage_2(region, text, ids, multi, temperature=0.07):
    logits = region @ text.T / temperature
    if not multi:
        target = torch.arange(len(region))
        return 0.5 * F.cross_entropy(logits, target) + 0.5 * F.cross_entropy(logits.T, target)
    same = (ids[:, None] == ids[None, :]).double()
    target = same / same.sum(1, keepdim=True)
    return 0.5 * F.cross_entropy(logits, target) + 0.5 * F.cross_entropy(logits.T, target)


def local_score(patches, tokens, mask, scale):
    sim = torch.einsum("btd,bpd->btp", tokens, patches).detach()
    top, low = sim.max(-1, keepdim=True)[0], sim.min(-1, keepdim=True)[0]
    sim = (sim - low) / (top - low)
    sim = sim / sim.sum(-1, keepdim=True)
    gathered = F.normalize(torch.einsum("btp,bpd->btd", sim, patches), dim=-1)
    local = scale * (gathered * F.normalize(tokens, dim=-1)).sum(-1)
    return torch.logsumexp(local + torch.where(mask > 0, 0.0, float("-inf")), dim=1)


def fsc_local(patches, tokens, mask, scale, gamma=2.0, smoothing=0.02, weight=0.2):
    b = len(patches)
    own = local_score(patches, tokens[:b], mask[:b], scale)
    others = [local_score(patches, tokens[n * b : (n + 1) * b], mask[n * b : (n + 1) * b], scale) for n in (1, 2)]
    logits = torch.stack([own, *others], 1)
    labels = torch.full_like(logits, smoothing / 3)
    labels[:, 0] += 1 - smoothing
    ce = -F.log_softmax(logits, dim=-1)
    return weight * (labels * ce * torch.pow(1 - torch.exp(-ce), gamma)).sum(-1).mean()


def record(name, loss, inputs, **rest):
    inputs = {key: single(value).requires_grad_() for key, value in inputs.items()}
    value = loss(*inputs.values())
    value.backward()
    return {
        "name": name,
        "inputs": {key: {"shape": list(x.shape), "values": x.detach().flatten().tolist()} for key, x in inputs.items()},
        "value": value.item(),
        "gradients": {key: x.grad.flatten().tolist() for key, x in inputs.items()},
        **rest,
    }


scores = torch.rand(3, 4, 5) * 2 - 1
labels = torch.tensor([[1, 0, 1, 0, 1], [0, 1, 1, 0, 0], [1, 0, 0, 0, 1.0]])
region, text = F.normalize(torch.randn(5, 6), dim=1), F.normalize(torch.randn(5, 6), dim=1)
# Texts of one number say the same in other words; were they equal, it would make no difference who shares the target.
ids = torch.tensor([7, 3, 7, 1, 3])
patches, tokens = torch.randn(3, 5, 6), torch.randn(9, 4, 6)
mask = torch.tensor([[1, 1, 1, 1], [1, 1, 0, 0], [1, 1, 1, 0]] * 3)
cases = [
    record("villa-mapping-formula", lambda s: stage_1(s, labels, False), {"scores": scores}, labels=labels.tolist()),
    record("villa-mapping-code", lambda s: stage_1(s, labels, True), {"scores": scores}, labels=labels.tolist()),
    record("region-contrastive", lambda r, t: stage_2(r, t, ids, False), {"region": region, "text": text}, textId=ids.tolist()),
    record("region-contrastive-multi-positive", lambda r, t: stage_2(r, t, ids, True), {"region": region, "text": text}, textId=ids.tolist()),
    record(
        "fsc-clip-local", lambda p, t, s: fsc_local(p, t, mask, s),
        {"patches": patches, "tokens": tokens, "logitScale": torch.tensor(4.0)}, tokenMask=mask.tolist(),
    ),
]
root = pathlib.Path(__file__).resolve().parents[2]
path = root / "packages/losses/src/fixtures/region-losses.json"
path.write_text(json.dumps({"torch": torch.__version__.split("+")[0], "cases": cases}) + "\n")
print(f"wrote {len(cases)} cases to {path.relative_to(root)}")
