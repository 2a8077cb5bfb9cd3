"""The objectives of MosaiCLIP and Structure-CLIP, written from the papers alone (NumPy, double precision, loops as the formulas).

MosaiCLIP: Singh et al., EMNLP 2023, section 3.5. Structure-CLIP: Huang et al., AAAI 2024 (second-hand) and zjukg/Structure-CLIP model/train.py.
Writes packages/losses/src/fixtures/paper-objectives.json: a batch of three images worked out by hand, and three drawn ones.

    python tools/oracles/paper_objectives.py
"""
import json
import pathlib

import numpy as np


def unit(x):
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


def mosaiclip(u, v, tau, positives, owner, masked=None):
    """u [n, d] images; v [m + r, d] texts, the m positives first; positives[i] = P(i); owner[j] = p(j), j < m.

    masked[i]: texts left out of image i's denominator (the paper leaves none out)."""
    n, m = len(u), len(owner)
    logits = tau * u @ v.T
    i2t = t2i = 0.0
    for i in range(n):
        texts = [j for j in range(len(v)) if masked is None or j not in masked[i]]
        for k in positives[i]:
            i2t -= np.log(np.exp(logits[i, k]) / sum(np.exp(logits[i, j]) for j in texts)) / len(positives[i])
    for j in range(m):
        t2i -= np.log(np.exp(logits[owner[j], j]) / sum(np.exp(logits[i, j]) for i in range(n)))
    # As printed, both are sums; the means that the learning rate of CLIP is meant for divide by images and by positive texts.
    return {"sum": (i2t + t2i) / 2, "mean": (i2t / n + t2i / m) / 2, "imageToTextSum": i2t, "textToImageSum": t2i}


def structure_clip(v, t, t_negative, k, knowledge_weight, tau):
    """v [B, d] images, t [B, d] captions, t_negative [B, d] their semantic negatives, k [B, d] knowledge; all of length one."""
    size = len(v)
    fused = t + knowledge_weight * k  # not normalised again
    d = np.array([v[i] @ t[i] for i in range(size)])
    d_negative = np.array([v[i] @ t_negative[i] for i in range(size)])

    logits = tau * v @ fused.T
    image = np.mean([-np.log(np.exp(logits[i, i]) / np.exp(logits[i]).sum()) for i in range(size)])
    text = np.mean([-np.log(np.exp(logits[i, i]) / np.exp(logits[:, i]).sum()) for i in range(size)])
    paper_hinge = np.mean(np.maximum(0, 0.2 - d + d_negative))
    paper = {"contrastive": (image + text) / 2, "hinge": paper_hinge, "objective": (image + text) / 2 + paper_hinge}

    s = v @ fused.T
    relu = lambda x: max(x, 0.0)  # noqa: E731
    code = {}
    for name, warming_up in (("code", False), ("codeWarmUp", True)):
        triplets = []
        for i in range(size):
            hardest_text = max(s[i, j] for j in range(size) if j != i)
            hardest_image = s[:, i].mean() if warming_up else max(s[j, i] for j in range(size) if j != i)
            triplets.append(relu(hardest_text + 0.2 - s[i, i]) + relu(hardest_image + 0.2 - s[i, i]))
        hinge = np.mean(np.maximum(0, 0.1 - d + d_negative))
        code[name] = {"matching": np.mean(triplets), "hinge": 5 * hinge, "objective": np.mean(triplets) + 5 * hinge}
    return {"paper": paper, **code}


def by_hand():
    """Three images; texts: captions 0, 1, 2, sub-graph 3 of image 0 that is true of image 1 too, sub-graph 4 of image 2; negatives 5, 6."""
    u = unit(np.array([[1.0, 0.0, 0.0], [0.6, 0.8, 0.0], [0.0, 0.6, 0.8]]))
    v = unit(np.array([[1.0, 0.2, 0.0], [0.5, 1.0, 0.1], [0.1, 0.5, 1.0], [1.0, 0.6, 0.0], [0.0, 0.2, 1.0], [0.9, 0.1, 0.3], [0.2, 0.9, 0.4]]))
    k = unit(np.array([[0.3, 1.0, 0.2], [1.0, 0.1, 0.4], [0.2, 0.4, 1.0]]))
    t_negative = unit(np.array([[0.9, 0.1, 0.3], [0.2, 0.9, 0.4], [0.8, 0.5, 0.2]]))
    return u, v, [[0, 3], [1, 3], [2, 4]], [0, 1, 2, 0, 2], [[], [6], [5]], k, t_negative


def drawn(rng):
    n, d, r = 3, 8, 6
    u, captions = unit(rng.normal(size=(n, d))), unit(rng.normal(size=(n, d)))
    owner = list(range(n)) + [int(i) for i in rng.integers(0, n, size=4)]
    v = np.concatenate([captions, unit(rng.normal(size=(len(owner) - n + r, d)))])
    positives = [[k for k in range(len(owner)) if owner[k] == i or (k >= n and rng.random() < 0.3)] for i in range(n)]
    true_negatives = [[j for j in range(len(owner), len(v)) if rng.random() < 0.25] for _ in range(n)]
    return u, v, positives, owner, true_negatives, unit(rng.normal(size=(n, d))), unit(rng.normal(size=(n, d)))


rng = np.random.default_rng(0)
cases = []
for u, v, positives, owner, true_negatives, k, t_negative in [by_hand(), drawn(rng), drawn(rng), drawn(rng)]:
    tau, knowledge_weight = 5.0, 0.2
    n, m = len(u), len(owner)
    true_of = [[1 if j in positives[i] or j in true_negatives[i] else 0 for j in range(len(v))] for i in range(n)]
    cases.append({
        "logitScale": tau, "image": u.tolist(), "text": v.tolist(), "positiveImage": owner, "trueOf": true_of,
        "mosaiclip": mosaiclip(u, v, tau, positives, owner),
        "mosaiclipWithoutTrueNegatives": mosaiclip(u, v, tau, positives, owner, true_negatives),
        "knowledge": k.tolist(), "knowledgeWeight": knowledge_weight, "semanticNegative": t_negative.tolist(),
        "structureClip": structure_clip(u, v[:n], t_negative, k, knowledge_weight, tau),
    })
out = pathlib.Path(__file__).parents[2] / "packages/losses/src/fixtures/paper-objectives.json"
out.write_text(json.dumps(cases) + "\n")
