"""Loss values and gradients for packages/losses, made with PyTorch.

Run: python tools/oracles/clip_losses.py   (PyTorch 2.x; writes packages/losses/src/fixtures/clip-losses.json)

Each loss is written here from its source and not from the TypeScript: cross_entropy on index or soft targets as open_clip and
NegCLIP's fork do it, MosaiCLIP's two sums as printed, Structure-CLIP's released train.py and utils.py line by line, CE-CLIP's
and FSC-CLIP's loss.py and ViLLA's two losses likewise; SigLIP's as in open_clip's SigLipLoss.
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


def smoothed(loss, image, text, scale, positive_image, negative_image, smoothing=0.1):
    m, target = len(positive_image), torch.arange(len(image))
    texts = text if loss == "negclip" else text[:m]
    per_image, per_text = scale * image @ texts.T, scale * text[:m] @ image.T
    ce = lambda logits: F.cross_entropy(logits, target, label_smoothing=smoothing)
    return (ce(per_image) + ce(per_text)) / 2


def mosaiclip_matches(image, text, scale, positive_image, negative_image):
    """P(i) as a set: texts 1 and 4 are true of further images, two negatives are true of one each (and left out there)."""
    n, m = len(image), len(positive_image)
    i2t, t2i = 0, 0
    for i in range(n):
        own = [k for k in range(m) if MATCHES[i][k]]
        compared = [k for k in range(len(text)) if k < m or not MATCHES[i][k]]
        logits = scale * text @ image[i]
        i2t = i2t - sum(logits[k] - torch.logsumexp(logits[compared], 0) for k in own) / len(own)
    for k in range(m):
        own = [i for i in range(n) if MATCHES[i][k]]
        logits = scale * image @ text[k]
        t2i = t2i - sum(logits[i] - torch.logsumexp(logits, 0) for i in own) / len(own)
    return (i2t / n + t2i / m) / 2


def siglip(image, text, scale, positive_image, negative_image, bias=-2.0):
    logits = scale * image @ text.T + bias
    labels = -torch.ones_like(logits)
    for k, i in enumerate(positive_image):
        labels[i, k] = 1
    return -F.logsigmoid(labels * logits).sum() / len(image)


def triplet(image, text, scale, positive_image, negative_image, margin=0.2):
    b = len(image)
    scores = image @ text.T
    own = torch.eye(b, len(text), dtype=torch.bool)
    d = scores.diagonal()
    hardest_text = scores.masked_fill(own, -10).max(1)[0]
    hardest_image = scores[:, :b].masked_fill(own[:, :b], -10).max(0)[0]
    return (F.relu(margin - d + hardest_text) + F.relu(margin - d + hardest_image)).mean()


def ce_clip(image, text, scale, positive_image, negative_image, threshold=0.3):
    """Clip_DALoss with hard negatives, intra-modal (tec) and cross-modal rank (atr) terms; every caption has as many negatives."""
    b = len(image)
    gt, da = text[:b], text[b:]
    per_image, per_text = scale * image @ torch.cat([gt, da]).T, scale * gt @ image.T
    labels = torch.arange(b)
    total = (F.cross_entropy(per_image, labels) + F.cross_entropy(per_text, labels)) / 2
    gt_similarity = per_image.diag().reshape(-1, 1)
    da_logits = scale * (da.reshape(b, -1, da.shape[-1]) @ image.unsqueeze(-1)).squeeze(-1)
    atr = F.relu(threshold + da_logits - gt_similarity.expand(da_logits.shape)).mean()
    matrix = torch.cat([gt_similarity, scale * gt @ da.T], dim=-1)
    tec = F.cross_entropy(matrix, torch.zeros(b, dtype=torch.long))
    return total + atr * 0.2 + tec * 0.2


def focal_with_smoothing(logits, gamma=2.0, label_smoothing=0.02):
    classes = logits.shape[1]
    labels = torch.full_like(logits, label_smoothing / classes)
    labels[:, 0] += 1 - label_smoothing
    ce = -F.log_softmax(logits, dim=-1)
    return (labels * ce * torch.pow(1 - torch.exp(-ce), gamma)).sum(-1).mean()


def fsc_clip(image, text, scale, positive_image, negative_image):
    b = len(image)
    negatives = text[b:].reshape(b, -1, text.shape[-1])
    logits = scale * torch.einsum("bd,bld->bl", image, torch.cat([text[:b].unsqueeze(1), negatives], 1))
    return clip_loss(image, text, scale, positive_image, []) + 0.5 * focal_with_smoothing(logits)


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
two_each = [0, 0, 1, 1, 2, 2, 3, 3]
MATCHES = [
    [1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1],
    [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0],
    [0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0],
    [0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0],
]
cases = [
    case("clip", clip_loss, one_each, []),
    case("clip-smoothing", lambda *a: smoothed("clip", *a), one_each, []),
    case("negclip", negclip_loss, one_each, [0, 1, 1, 3, -1]),
    case("negclip-smoothing", lambda *a: smoothed("negclip", *a), one_each, [0, 1, 1, 3, -1]),
    case("mosaiclip", mosaiclip_loss, several, [0, 1, 1, 3, -1]),
    case("mosaiclip-sum", lambda *a: mosaiclip_loss(*a, mean=False), several, [0, 1, 1, 3, -1]),
    {**case("mosaiclip-matches", mosaiclip_matches, several, [0, 1, 1, 3, -1]), "matches": MATCHES},
    case("structure-clip-paper", structure_clip_paper, one_each, [0, 1, 1, 3, -1]),
    case("structure-clip-code", structure_clip_code, one_each, one_each),
    case("structure-clip-code-warm-up", lambda *a: structure_clip_code(*a, warm_up=True), one_each, one_each),
    case("siglip", siglip, several, [0, 1, 1, 3, -1]),
    case("triplet", triplet, one_each, [0, 1, 1, 3, -1]),
    case("ce-clip", ce_clip, one_each, two_each),
    case("fsc-clip", fsc_clip, one_each, two_each),
]

root = pathlib.Path(__file__).resolve().parents[2]
path = root / "packages/losses/src/fixtures/clip-losses.json"
path.write_text(json.dumps({"torch": torch.__version__.split("+")[0], "cases": cases}) + "\n")
print(f"wrote {len(cases)} cases to {path.relative_to(root)}")
