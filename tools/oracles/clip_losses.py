"""Loss values and gradients for packages/losses, made with PyTorch.

Run: python tools/oracles/clip_losses.py   (PyTorch 2.x; writes packages/losses/src/fixtures/clip-losses.json)

Each loss is written here from its source and not from the TypeScript: cross_entropy on index or soft targets as open_clip and
NegCLIP's fork do it, MosaiCLIP's two sums as printed, Structure-CLIP's released train.py and utils.py line by line.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(20240601)
torch.set_default_dtype(torch.float64)


def clip_loss(image, text, scale, positive_image, negative_image):
    m = len(positive_image)
    logits = scale * image @ text[:m].T
    target = torch.arange(len(image))
    return (F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target)) / 2


def negclip_loss(image, text, scale, positive_image, negative_image):
    m = len(positive_image)
    target = torch.arange(len(image))
    per_image = scale * image @ text.T
    per_text = scale * text @ image.T
    return (F.cross_entropy(per_image, target) + F.cross_entropy(per_text[:m], target)) / 2


def mosaiclip_loss(image, text, scale, positive_image, negative_image, mean=True):
    m, n = len(positive_image), len(image)
    i2t = 0
    for i in range(n):
        own = [k for k in range(m) if positive_image[k] == i]
        logits = scale * text @ image[i]
        for k in own:
            i2t = i2t - (logits[k] - torch.logsumexp(logits, 0)) / len(own)
    t2i = 0
    for j in range(m):
        logits = scale * image @ text[j]
        t2i = t2i - (logits[positive_image[j]] - torch.logsumexp(logits, 0))
    return (i2t / n + t2i / m) / 2 if mean else (i2t + t2i) / 2


def structure_clip_paper(image, text, scale, positive_image, negative_image):
    m = len(positive_image)
    d = (image * text[:m]).sum(1)
    hinge = torch.stack(
        [torch.clamp(0.2 - d[i] + image[i] @ text[m + j], min=0) for j, i in enumerate(negative_image) if i >= 0]
    ).mean()
    return clip_loss(image, text, scale, positive_image, negative_image) + hinge


def structure_clip_code(image, text, scale, positive_image, negative_image, warm_up=False):
    b = len(image)
    scores = image @ text[:b].T
    diagonal = scores.diag().view(b, 1)
    masked = scores - 10 * torch.eye(b)
    hardest_caption = masked.max(1, keepdim=True)[0]
    hardest_image = scores.mean(0, keepdim=True).T if warm_up else masked.max(0, keepdim=True)[0].T
    match = (F.relu(hardest_caption + 0.2 - diagonal) + F.relu(hardest_image + 0.2 - diagonal)).mean()
    # One negative a caption, in the captions' order, as the released loader gives them.
    negative = text[b : 2 * b]
    hinge = torch.nn.MarginRankingLoss(margin=0.1)(
        (image * text[:b]).sum(1), (image * negative).sum(1), torch.ones(b)
    )
    return match + 5 * hinge


def case(name, loss, positive_image, negative_image, images=4, width=6, log_scale=1.5):
    texts = len(positive_image) + len(negative_image)
    image = F.normalize(torch.randn(images, width), dim=1)
    text = F.normalize(torch.randn(texts, width), dim=1)
    # Half-way between noise and a trained model: positives lean towards their image.
    for k, i in enumerate(positive_image):
        text[k] = F.normalize(text[k] + image[i], dim=0)
    image = image.float().double().requires_grad_()
    text = text.float().double().requires_grad_()
    scale = torch.tensor(log_scale).exp().float().double().requires_grad_()
    value = loss(image, text, scale, positive_image, negative_image)
    value.backward()
    flat = lambda t: [] if t is None else t.flatten().tolist()
    return {
        "name": name,
        "images": images,
        "width": width,
        "image": flat(image.detach()),
        "text": flat(text.detach()),
        "logitScale": scale.item(),
        "positiveImage": positive_image,
        "negativeImage": negative_image,
        "value": value.item(),
        "imageGradient": flat(image.grad),
        "textGradient": flat(text.grad),
        "logitScaleGradient": 0 if scale.grad is None else scale.grad.item(),
    }


one_each = [0, 1, 2, 3]
several = [0, 1, 2, 3, 0, 2, 2]
cases = [
    case("clip", clip_loss, one_each, []),
    case("negclip", negclip_loss, one_each, [0, 1, 1, 3, -1]),
    case("mosaiclip", mosaiclip_loss, several, [0, 1, 1, 3, -1]),
    case("mosaiclip-sum", lambda *a: mosaiclip_loss(*a, mean=False), several, [0, 1, 1, 3, -1]),
    case("structure-clip-paper", structure_clip_paper, one_each, [0, 1, 1, 3, -1]),
    case("structure-clip-code", structure_clip_code, one_each, one_each),
    case("structure-clip-code-warm-up", lambda *a: structure_clip_code(*a, warm_up=True), one_each, one_each),
]

root = pathlib.Path(__file__).resolve().parents[2]
path = root / "packages/losses/src/fixtures/clip-losses.json"
path.write_text(json.dumps({"torch": torch.__version__.split("+")[0], "cases": cases}) + "\n")
print(f"wrote {len(cases)} cases to {path.relative_to(root)}")
